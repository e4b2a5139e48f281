"""What is written into the audit log, and what is kept beside it so that a decision can be made again.

The log holds hashes; the cases and the rules themselves are kept in files named by their hashes. A case can therefore
be erased on request, and the chain still holds.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...errors import NotFoundError
from ...reasoner.render import canonical
from ...release import Manifest
from ...shapes.catalogue import packaged, rules_version
from .chain import AuditUnwritable, Chain, Entry
from .decision import Decided, digest

Json = dict[str, Any]

CHECK, KEY, RELEASE, SUPPRESSION, RULE, IDENTITY = "check", "key", "release", "suppression", "rule", "identity"
KINDS = (CHECK, KEY, RELEASE, SUPPRESSION, RULE, IDENTITY)
LOCAL = "local"


class Ledger:
    """The audit log of one installation."""

    def __init__(self, folder: Path) -> None:
        """Name the folder of the log."""
        self.chain = Chain(folder)
        self._folder = folder

    def check(self, decided: Decided, who: str = LOCAL, **more: str) -> Entry:
        """Write down a check with everything that is needed to make it again.

        Raises:
            AuditUnwritable: It cannot be written down; the answer must not be given then.
        """
        try:
            self._keep_input(decided.input)
            self._keep_rules(decided.ground["rules_version"])
        except OSError as error:
            raise AuditUnwritable(
                f"the case cannot be kept: {error.strerror}", help="make room on the disk and ask again"
            ) from error
        said = {name: decided.answer[name] for name in ("decision", "grade")} | {"answer": digest(decided.answer)}
        about = {"id": decided.id, "case": decided.answer["id"], **decided.ground, **said, **more}
        return self.chain.append(CHECK, who, about)

    def note(self, kind: str, about: Mapping[str, Any], who: str = LOCAL) -> Entry:
        """Write down a change of keys, or a decision of a person about a match, a rule or an identity."""
        assert kind in KINDS, kind
        return self.chain.append(kind, who, about)

    def check_writable(self) -> None:
        """Make sure that the next decision can be written down, as far as that can be told before.

        Raises:
            AuditUnwritable: It cannot.
        """
        self.chain.check_writable()

    def swapped(self, manifest: Manifest, who: str = LOCAL) -> Entry:
        """Write down that a release became the current one."""
        about = {"release": manifest.id, "rules_version": manifest.rules_version, "statements": manifest.statements}
        return self.chain.append(RELEASE, who, about)

    def find(self, id: str) -> Entry:
        """Return the entry of a decision, the last where the same one was made more than once.

        Args:
            id: The id of the decision, or its first characters, at least eight.

        Raises:
            NotFoundError: No check or more than one has that id.
        """
        entries = [entry for entry in self.chain.entries() if entry.kind == CHECK]
        found = {entry.about["id"]: entry for entry in entries if entry.about["id"].startswith(id)}
        if len(id) < 8 or len(found) != 1:
            raise NotFoundError(f"{len(found)} decisions have the id `{id}`", help="give the whole id")
        return next(iter(found.values()))

    def input(self, sha256: str) -> Json:
        """Return the case that was kept under a hash.

        Raises:
            NotFoundError: It is not there any more.
        """
        path = self._input(sha256)
        if not path.is_file():
            raise NotFoundError(f"the case `{sha256[:12]}` is not kept any more", help="ask whoever erased it")
        kept: Json = json.loads(gzip.decompress(path.read_bytes()).decode("utf8", "surrogatepass"))
        return kept

    def rules(self, version: str) -> Path:
        """Return the folder with the rules of a version.

        Raises:
            NotFoundError: They are not there.
        """
        path = self._folder / "rules" / version
        if not path.is_dir():
            raise NotFoundError(f"the rules `{version}` are not kept", help="restore the folder of the audit log")
        return path

    def _input(self, sha256: str) -> Path:
        return self._folder / "cases" / sha256[:2] / f"{sha256}.json.gz"

    def _keep_input(self, value: Mapping[str, Any]) -> None:
        path = self._input(digest(value))
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = path.with_name(f".{path.name}-{os.urandom(6).hex()}")
        aside.write_bytes(gzip.compress(canonical(value).encode("utf8", "surrogatepass"), 6, mtime=0))
        os.replace(aside, path)

    def _keep_rules(self, version: str) -> None:
        path = self._folder / "rules" / version
        if path.exists() or version != rules_version():
            return
        aside = path.with_name(f".{path.name}-{os.urandom(6).hex()}")
        shutil.copytree(packaged(), aside)
        try:
            os.rename(aside, path)
        except OSError:  # another process was quicker
            shutil.rmtree(aside, ignore_errors=True)
