"""The error tree.

ClewError                 status 500
  InputError              422  what the user gave is not well formed
    LoadError             422  a source file could not be read
      HarvestError        422  a source yielded far less than expected
    CaseError             422  a case file is not well formed
  RuleError               400  a rule file is not well formed
  QueryError              400  a query is not well formed, or is refused
    QueryTimeout          503  a query ran out of its time
  NotFoundError           404  nothing has that id
  ReleaseError            500  a release could not be built or opened
  ProofError              409  a proof does not hold against the release

Messages are lower case, carry what the user gave in backticks, and end without a full stop; `help` names one remedy.
"""


class ClewError(Exception):
    """Something went wrong that a user can be told about."""

    status = 500

    def __init__(self, message: str, *, help: str = "", where: str = "") -> None:
        """Keep the message, the place it is about (file, row, JSON pointer) and one remedy."""
        super().__init__(message)
        self.message = message
        self.help = help
        self.where = where

    def __str__(self) -> str:
        """Return the place, the message and the remedy as one line."""
        text = f"{self.where}: {self.message}" if self.where else self.message
        return f"{text}; {self.help}" if self.help else text


class InputError(ClewError):
    """What the user gave is not well formed."""

    status = 422


class LoadError(InputError):
    """A source file could not be read."""


class HarvestError(LoadError):
    """A source yielded far less than its description expects."""


class CaseError(InputError):
    """A case file is not well formed."""


class RuleError(ClewError):
    """A rule file is not well formed."""

    status = 400


class QueryError(ClewError):
    """A query is not well formed, or is refused."""

    status = 400


class QueryTimeout(QueryError):
    """A query ran out of its time and was ended."""

    status = 503


class NotFoundError(ClewError):
    """Nothing has that id."""

    status = 404


class ReleaseError(ClewError):
    """A release could not be built or opened."""


class ProofError(ClewError):
    """A proof does not hold against the release."""

    status = 409
