"""The deal itself: end use, contract, papers, licences, payments and declarations."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef

from ...ontology import CLEW, mint, values_of
from ...statements import Statement
from .codes import as_code_list, code_lists
from .fields import (
    as_currency,
    as_day,
    as_fields,
    as_flag,
    as_key,
    as_number,
    as_place,
    as_state,
    as_text,
    as_token,
    shown,
)
from .goods import declare
from .part import Part
from .words import TYPES

_NOTHING = {"none", "no"}


def transaction(part: Part, node: URIRef) -> Iterator[Statement]:
    """Yield what a case says of the deal, but for its parties, goods and route."""
    kind = part.get("type", as_token)
    if kind is not None:
        yield node, CLEW.transactionType, kind
        if kind not in TYPES:
            part.draft.warn(f"{part.pointer}/type", kind, f"no rule knows the type `{kind}`", "correct the word")
    yield from part.say(node, "date", CLEW.date, as_day)
    yield from _end_use(part, node)
    yield from _contract(part, node)
    yield from ((node, CLEW.claimsException, symbol) for symbol in part.all("exception_claimed", as_key))
    yield from _licences(part, node)
    yield from _documents(part, node)
    yield from _declarations(part, node)
    yield from _payments(part, node)
    yield from part.rest(node)


def _end_use(part: Part, node: URIRef) -> Iterator[Statement]:
    use = part.part("end_use", as_fields("declared"))
    if use is None:
        return
    end_use = part.draft.new("end-use")
    yield node, CLEW.hasEndUse, end_use
    yield from part.draft.a(end_use, CLEW.EndUse)
    yield from use.say(end_use, "declared", CLEW.declaredEndUse, as_text)
    yield from use.say(end_use, "actual", CLEW.actualEndUse, as_text)
    for word in use.all("class", as_token):
        kind = mint("end_use", word)
        yield end_use, CLEW.endUseClass, kind
        if kind not in values_of(CLEW.EndUseClass):
            part.draft.warn(f"{use.pointer}/class", word, f"no rule knows the end use `{word}`", "correct the word")
    yield from use.rest(end_use)


def _contract(part: Part, node: URIRef) -> Iterator[Statement]:
    contract = part.part("contract")
    if contract is not None:
        yield from contract.say(node, "date", CLEW.contractDate, as_day)
        yield from contract.say(node, "no_russia_clause", CLEW.hasNoRussiaClause, as_flag)
        yield from contract.say(node, "no_belarus_clause", CLEW.hasNoBelarusClause, as_flag)
        yield from contract.rest(node)


def _licences(part: Part, node: URIRef) -> Iterator[Statement]:
    for number, one in part.parts("licences", as_fields("type")):
        kind = one.get("type", as_key)
        if kind is not None and kind.casefold() in _NOTHING:
            continue
        licence = part.draft.new(f"licence-{number}")
        yield node, CLEW.hasAuthorisation, licence
        yield from part.draft.a(licence, CLEW.Authorisation)
        if kind is not None:
            yield licence, CLEW.authorisationType, kind
        yield from _covered(one, licence)
        yield from one.say(licence, "number", CLEW.recordKey, as_key)
        yield from one.window(licence)
        yield from one.remark(licence, "status", "scope", "end_user", "items", "quantity", "authority")
        yield from one.rest(licence)


def _covered(part: Part, licence: URIRef) -> Iterator[Statement]:
    """Yield the control list a licence was given under; `regime` and `jurisdiction` count where they name one."""
    on = part.get("list", as_code_list)
    for key in ("regime", "jurisdiction"):
        named = part.fields.get(key)
        if on is None and isinstance(named, str) and named.casefold() in code_lists():
            on = part.get(key, as_code_list)
        else:
            yield from part.remark(licence, key)
    if on is not None:
        yield licence, CLEW.coversList, on.iri


def _documents(part: Part, node: URIRef) -> Iterator[Statement]:
    for number, one in part.parts("documents", as_fields("type")):
        document = part.draft.new(f"document-{number}")
        yield node, CLEW.hasDocument, document
        yield from part.draft.a(document, CLEW.Document)
        yield from one.say(document, "type", CLEW.documentType, as_key)
        yield from _issuer(one, document)
        yield from one.say(document, "status", CLEW.documentStatus, as_state)
        yield from one.say(document, "date", CLEW.date, as_day)
        yield from one.rest(document)


def _issuer(part: Part, document: URIRef) -> Iterator[Statement]:
    """Yield who issued a paper; an authority that is no party of the case stays as a remark."""
    name = part.get("issuer", as_key)
    if name is None:
        return
    if name in part.draft.parties:
        yield document, CLEW.issuer, part.draft.parties[name]
        return
    yield document, CLEW.remark, f"issuer: {name}"
    reason, remedy = f"the issuer {shown(name)} is no party of this case", "it is kept as a remark"
    part.draft.warn(f"{part.pointer}/issuer", name, reason, remedy)


def _declarations(part: Part, node: URIRef) -> Iterator[Statement]:
    for number, one in part.parts("declarations", as_fields("desc")):
        declaration = part.draft.new(f"declaration-{number}")
        yield node, CLEW.hasDeclaration, declaration
        about = one.get("item", part.draft.item)
        if about is not None:
            yield about, CLEW.declaredAs, declaration
        yield from declare(one, declaration, f"declaration-{number}")


def _payments(part: Part, node: URIRef) -> Iterator[Statement]:
    for number, one in part.parts("payments"):
        payment = part.draft.new(f"payment-{number}")
        yield node, CLEW.hasPayment, payment
        yield from part.draft.a(payment, CLEW.Payment)
        payer = one.get("from", as_key)
        if payer is not None:
            known = part.draft.parties.get(payer)
            yield (payment, CLEW.payer, known) if known is not None else (payment, CLEW.payerName, payer)
        yield from one.say(payment, "country", CLEW.payerCountry, as_place)
        yield from one.say(payment, "amount", CLEW.amount, as_number)
        yield from one.say(payment, "currency", CLEW.currency, as_currency)
        yield from one.say(payment, "date", CLEW.date, as_day)
        yield from one.remark(payment, "to", "method", "bank")
        yield from one.rest(payment)
