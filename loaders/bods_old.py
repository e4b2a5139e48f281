"""Statements of BODS 0.2 and 0.3 in the form of 0.4, in which a record keeps its id through all its versions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
_TYPES = {
    "entityStatement": "entity",
    "personStatement": "person",
    "ownershipOrControlStatement": "relationship",
}
_DASH = re.compile("-([a-z])")


class Renewed:
    """Puts statements into the form of 0.4, one by one, in the order in which they were made."""

    def __init__(self) -> None:
        """Begin with no record."""
        self._records: dict[str, str] = {}

    def renew(self, statement: Json) -> Json:
        """Return a statement in the form of 0.4; one that is in it already stays as it is."""
        if "statementType" not in statement:
            return statement
        kind, old = _TYPES.get(str(statement["statementType"]), ""), str(statement.get("statementID", ""))
        replaced = [str(one) for one in statement.get("replacesStatements") or ()]
        record = self._records[old] = next((self._records[one] for one in replaced if one in self._records), old)
        details = {name: value for name, value in statement.items() if name not in _ENVELOPE}
        for name, other in (("incorporatedInJurisdiction", "jurisdiction"),):
            if name in details:
                details[other] = details.pop(name)
        if isinstance(details.get("entityType"), str):
            details["entityType"] = {"type": details["entityType"]}
        if kind == "relationship":
            details |= self._relationship(statement)
        return {
            "statementId": old,
            "statementDate": statement.get("statementDate"),
            "recordId": record,
            "recordStatus": "updated" if replaced else "new",
            "recordType": kind,
            "recordDetails": details,
        }

    def _relationship(self, statement: Json) -> Json:
        party = statement.get("interestedParty") or {}
        described = party.get("describedByPersonStatement") or party.get("describedByEntityStatement")
        subject = (statement.get("subject") or {}).get("describedByEntityStatement")
        return {
            "subject": self._records.get(str(subject), subject),
            "interestedParty": self._records.get(str(described), described)
            if described
            else party.get("unspecified", {}),
            "interests": [_interest(one) for one in statement.get("interests") or () if isinstance(one, Mapping)],
        }


_ENVELOPE = {
    "statementID", "statementType", "statementDate", "replacesStatements", "publicationDetails", "source",
    "isComponent", "componentStatementIDs", "annotations", "subject", "interestedParty", "interests",
}  # fmt: skip


def _interest(one: Mapping[str, Any]) -> Json:
    """Return an interest with its codes as 0.4 writes them: `voting-rights` is `votingRights`."""
    found = dict(one)
    found["type"] = _DASH.sub(lambda match: match[1].upper(), str(one.get("type", "unknownInterest")))
    found["directOrIndirect"] = found.pop("interestLevel", found.get("directOrIndirect", "unknown"))
    return found
