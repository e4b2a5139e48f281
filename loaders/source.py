"""Sources, snapshots and the harvest: how any publisher's file becomes statements with nothing lost.

A loader says how to cut a file into records and how one record becomes statements. This module runs it: every record
ends loaded, quarantined or counted as an exact duplicate, and the counts go into the provenance of the snapshot.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from rdflib import RDF, RDFS, URIRef
from rdflib.namespace import DCTERMS, PROV

from ..errors import LoadError
from ..ontology import CLEW, mint
from ..statements import Statement


@dataclass(frozen=True, slots=True)
class Source:
    """A publication of facts: who publishes it, where, in which format and under which licence."""

    id: str
    title: str
    publisher: str
    url: str
    format: str
    licence: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of a source as they were on one day, all in one named graph."""

    source: Source
    taken: date
    files: tuple[Path, ...]

    @property
    def graph(self) -> URIRef:
        """Return the named graph that holds the statements of this snapshot."""
        return mint("graph", "source", self.source.id, self.taken.isoformat())

    def file_iri(self, name: str) -> URIRef:
        """Return the node of one file, to which its hash and its records are tied."""
        return mint("file", self.source.id, self.taken.isoformat(), Path(name).name)


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file: where it stands, its bytes as published, and its fields."""

    file: str
    row: int
    raw: bytes
    fields: Any


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that could not be loaded, kept with its bytes, the reason and the remedy."""

    file: str
    row: int
    raw: bytes
    reason: str
    remedy: str


class RecordError(LoadError):
    """One record is not well formed; the others are not touched by it."""


class Loader(Protocol):
    """What a module for one publisher's format offers."""

    source: Source

    def records(self, files: Sequence[Path]) -> Iterator[Record | Quarantined]:
        """Cut files into records, in file order; a stretch that cannot be cut is yielded as quarantined."""
        ...

    def statements(self, record: Record) -> Iterator[Statement]:
        """Yield what one record says.

        Raises:
            RecordError: The record is not well formed.
        """
        ...


@dataclass(slots=True)
class Harvest:
    """What came out of one snapshot: read = loaded + quarantined + duplicates."""

    snapshot: Snapshot
    read: int = 0
    loaded: int = 0
    duplicates: int = 0
    quarantined: list[Quarantined] = field(default_factory=list)
    _seen: set[bytes] = field(default_factory=set)

    def statements(self, loader: Loader) -> Iterator[Statement]:
        """Yield the statements of every record that is well formed, keeping count of all records."""
        for record in loader.records(self.snapshot.files):
            self.read += 1
            if isinstance(record, Quarantined):
                self.quarantined.append(record)
            elif self._is_new(record):
                yield from self._load(loader, record)

    def _is_new(self, record: Record) -> bool:
        key = hashlib.blake2b(record.file.encode() + b"\0" + record.raw, digest_size=16).digest()
        if key in self._seen:
            self.duplicates += 1
            return False
        self._seen.add(key)
        return True

    def _load(self, loader: Loader, record: Record) -> list[Statement]:
        try:
            made = list(loader.statements(record))
        except RecordError as error:
            bad = Quarantined(record.file, record.row, record.raw, error.message, error.help)
            self.quarantined.append(bad)
            return []
        self.loaded += 1
        return made + self._file_of(record, made) if len(self.snapshot.files) > 1 else made

    def _file_of(self, record: Record, made: list[Statement]) -> list[Statement]:
        """Return which of several files the subjects of a record stand in."""
        file = self.snapshot.file_iri(record.file)
        return [(subject, PROV.wasDerivedFrom, file) for subject in dict.fromkeys(subject for subject, _, _ in made)]

    def provenance(self) -> Iterator[Statement]:
        """Yield PROV-O about the snapshot: publisher, files with their hashes, date, licence and counts."""
        graph, source = self.snapshot.graph, self.snapshot.source
        yield graph, RDF.type, PROV.Entity
        yield graph, RDF.type, CLEW.SourceSnapshot
        yield graph, RDFS.label, source.title
        yield graph, DCTERMS.publisher, source.publisher
        yield graph, DCTERMS.license, source.licence
        yield graph, DCTERMS.source, source.url
        yield graph, DCTERMS.date, self.snapshot.taken
        for name, count in self.counts().items():
            yield graph, mint("count", name), count
        for file in self.snapshot.files:
            part = self.snapshot.file_iri(file.name)
            yield graph, PROV.hadPrimarySource, part
            yield part, DCTERMS.title, file.name
            yield part, DCTERMS.identifier, f"sha256:{sha256(file)}"

    def counts(self) -> dict[str, int]:
        """Return the numbers of records read, loaded, quarantined and left out as exact duplicates."""
        return {
            "read": self.read,
            "loaded": self.loaded,
            "quarantined": len(self.quarantined),
            "duplicates": self.duplicates,
        }


def sha256(file: Path) -> str:
    """Return the hash of a file's bytes as they lie on disk."""
    with open(file, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_bytes(file: Path) -> bytes:
    """Return the content of a file, unpacked when its name ends in `.gz`.

    Raises:
        LoadError: The file cannot be read.
    """
    try:
        if file.suffix == ".gz":
            with gzip.open(file) as stream:
                return stream.read()
        return file.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise LoadError(f"cannot be read: {error}", where=str(file), help="download the file again") from error
