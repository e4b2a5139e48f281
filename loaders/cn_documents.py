"""Chinese documents: announcements, laws and tables of codes, each with its title, number, day and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import RDF, RDFS, URIRef
from rdflib.namespace import DCTERMS

from ..ontology import CLEW, mint
from ..statements import Statement, Text
from .cn_periods import Change
from .details import remarks
from .edtf import day
from .source import RecordError
from .tree import Fields, tidy

_ENGLISH, _CHINESE = "en", "zh-Hans"


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its IRI, number, titles, day of publication, where it can be read, and its fields."""

    node: URIRef
    number: str
    chinese: str
    english: str
    published: str
    url: str
    fields: Fields

    @property
    def citation(self) -> str:
        """Return the document as it is cited."""
        return ", ".join(filter(None, (self.number, self.published, self.english or self.chinese)))


def document_of(fields: Fields) -> Document:
    """Return the document that a record holds, leaving its words where they are.

    Raises:
        RecordError: The record has no path, or no document.
    """
    path, found = fields.text("path"), fields.all("doc")
    if not path or not found:
        raise RecordError("the record has no path or no document", help="download the file again")
    head = next(iter(found[0].all("announcement")), found[0])
    titles = head.all("title")
    chinese, english = (tidy("".join(part.text(tag) for part in titles)) for tag in (_CHINESE, _ENGLISH))
    key = path.rpartition("sources/")[2].removesuffix(".yml").removesuffix(".yaml")
    node = mint("cn-mofcom", "document", *key.split("/"))
    number, published, url = (head.text(name) for name in ("document_id", "publish_date", "url"))
    return Document(node, number, chinese, english or key, published, url, found[0])


def document_statements(document: Document, changes: Iterable[Change]) -> Iterator[Statement]:
    """Yield a document with everything its record says that no party took."""
    node = document.node
    yield node, RDF.type, DCTERMS.BibliographicResource
    yield node, RDFS.label, Text(document.english, _ENGLISH)
    if document.chinese:
        yield node, RDFS.label, Text(document.chinese, _CHINESE)
    if document.number:
        yield node, DCTERMS.identifier, document.number
    published = day(document.published)
    if published:
        yield node, DCTERMS.issued, published
    if document.url:
        yield node, DCTERMS.source, document.url
    yield from remarks(node, [found.words for found in changes])
    for part in document.fields.all("content"):
        yield node, CLEW.remark, "\n".join(_text(part))
    yield from remarks(node, document.fields.rest())


def _text(part: Fields) -> Iterator[str]:
    """Yield the words of a chapter, an article or a paragraph, in order."""
    yield from filter(None, (part.text("label"), part.text("title"), part.own()))
    part.drop("type", "index")
    for inner in part.all("content"):
        yield from _text(inner)
