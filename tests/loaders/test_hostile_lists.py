"""No damage to a list makes a loader crash, lose a record or write a statement that the store refuses."""

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clew.dataset import Dataset
from clew.errors import LoadError
from clew.loaders import LOADERS, loader_of
from clew.loaders.places import rows_of
from clew.loaders.source import Harvest, Loader, Snapshot
from clew.ontology import CLEW

EU = """<?xml version="1.0" encoding="UTF-8"?><export xmlns="http://eu.europa.ec/fpi/fsd/export">
<sanctionEntity logicalId="83" euReferenceNumber="EU.77.33" designationDate="2002-06-18" unitedNationId="QDi.43">
<remark>UNSC</remark><subjectType code="person" classificationCode="P"/>
<nameAlias firstName="Tarek" lastName="Aziz" wholeName="Tarek Aziz" nameLanguage="EN" strong="true" logicalId="1388">
<regulationSummary publicationDate="2003-07-08" numberTitle="1210/2003 (OJ L169)"/></nameAlias>
<birthdate year="1936" monthOfYear="4" dayOfMonth="28" city="Mosul" countryIso2Code="IQ"/>
<identification number="34409/129" identificationTypeCode="other" countryIso2Code="00" logicalId="1"/>
<address city="Beirut" countryIso2Code="LB"/></sanctionEntity>
<sanctionEntity logicalId="201" euReferenceNumber="EU.3502.46"><subjectType code="enterprise"/>
<nameAlias wholeName="Organização" nameLanguage="PT"/></sanctionEntity></export>"""
UN = """<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="x"><INDIVIDUALS><INDIVIDUAL>
<DATAID>1</DATAID><FIRST_NAME>ERIC</FIRST_NAME><SECOND_NAME>BADEGE</SECOND_NAME>
<REFERENCE_NUMBER>CDi.001</REFERENCE_NUMBER><LISTED_ON>2012-12-31</LISTED_ON>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>X; Y</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1971</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>D 1</NUMBER></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>2</DATAID><FIRST_NAME>ADF</FIRST_NAME>
<COMMENTS1>IMO number: 5342883</COMMENTS1></ENTITY></ENTITIES></CONSOLIDATED_LIST>"""
UK = """<?xml version="1.0" encoding="utf-8"?><Designations><DateGenerated>10/09/2026</DateGenerated><Designation>
<UniqueID>AFG0006</UniqueID>
<Names><Name><Name1>M</Name1><Name6>A</Name6><NameType>Primary Name</NameType></Name></Names>
<IndividualEntityShip>Individual</IndividualEntityShip><DateDesignated>25/02/2022</DateDesignated>
<IndividualDetails><Individual><DOBs><DOB>dd/mm/1945</DOB></DOBs></Individual></IndividualDetails></Designation>
<Designation><UniqueID>RUS3686</UniqueID><IndividualEntityShip>Ship</IndividualEntityShip>
<Names><Name><Name6>IMO 9274082 ("TM")</Name6><NameType>Primary Name</NameType></Name></Names></Designation>
</Designations>"""
CH = """<?xml version="1.0" encoding="UTF-8"?><swiss-sanctions-list date="2026-08-27"><sanctions-program ssid="20">
<program-key lang="eng">Belarus</program-key><sanctions-set ssid="4387" lang="eng">article 12</sanctions-set>
</sanctions-program><target ssid="5142"><sanctions-set-id>4387</sanctions-set-id><individual>
<identity ssid="5144" main="true">
<name ssid="1" name-type="primary-name" quality="good" lang="eng"><name-part order="1" name-part-type="whole-name">
<value>L</value><spelling-variant lang="RUS" script="LATN">M</spelling-variant></name-part></name>
<day-month-year day="23" month="3" year="1980"/><address place-id="9"><zip-code>2</zip-code></address></identity>
</individual><modification modification-type="listed" effective-date="2012-03-24"/></target>
<place ssid="9"><location>Minsk</location><country iso-code="BY">Belarus</country></place></swiss-sanctions-list>"""
FILES = {"eu-fsf": EU, "un-sc": UN, "uk-sl": UK, "ch-seco": CH}

ROWS: dict[str, dict[str, Any]] = {
    "eu-vessels": {"vessel_name": "A", "imo_number": "9418494", "date_of_application": "2025-02-25"},
    "au-dfat": {
        "reference": "1",
        "names": [{"text": "A", "name_type": "Primary Name"}],
        "dates_of_birth": [{"raw_value": "1977-11-10", "year": 1977}],
        "sanction": {"committees": "x", "control_date": "2026-02-06", "listing_information": "Listed on: 6 Jan. 2012"},
    },
    "nz-mfat": {"type": "Ship", "unique_identifier": "S", "imo_number": "9296391", "name": "A", "address": "x"},
    "ca-sema": {"country": "A / B", "given_name": "A", "item": "1", "date_of_listing": "2020-10-14"},
    "ch-seco": {
        "ssid": "5",
        "individual": {"identity": {"names": [{"name_parts": [{"order": 1, "value": "A"}]}], "addresses": [{}]}},
    },
    "cn-mofcom": {
        "path": "sources/x.yml",
        "doc": {
            "announcement": {"title": [{"zh-Hans": "t"}], "document_id": "1"},
            "sanction_details": {
                "entities": [
                    {
                        "name": {"en": "A"},
                        "type": "organization",
                        "effective_date": "2025-01-02",
                        "sanction_list": "不可靠实体清单",
                        "measures": [{"type": ["x"], "en": "m"}],
                    }
                ]
            },
            "measure_modifications": {"modifications": [{"target_announcement_id": "1", "action": "suspend"}]},
        },
    },
}
STRANGE: list[Any] = [
    None,
    True,
    5,
    -1e308,
    "",
    " ",
    "x",
    "\ud800",
    "\x00",
    [],
    {},
    [None],
    [["x"]],
    {"a": {"b": "c"}},
    "2025-02-30",
]


def outcome(loader: Loader, file: Path) -> dict[str, int] | None:
    """Return the counts of a file, or nothing where it is refused; everything that is said of it must be storable."""
    harvest = Harvest(Snapshot(loader.source, date(2026, 1, 1), (file,)))
    try:
        statements = list(harvest.statements(loader))
    except LoadError:
        return None
    Dataset().add(statements, harvest.snapshot.graph)
    counts = harvest.counts()
    assert counts["read"] == counts["loaded"] + counts["quarantined"] + counts["duplicates"]
    return counts


def damaged(content: bytes, numbers: random.Random) -> Iterator[bytes]:
    for _ in range(40):
        flipped = bytearray(content)
        for _ in range(numbers.randrange(1, 5)):
            flipped[numbers.randrange(len(flipped))] ^= 1 << numbers.randrange(8)
        yield bytes(flipped)
        first, size = numbers.randrange(len(content)), numbers.randrange(1, 40)
        yield content[:first] + content[first + size :]
        yield content[:first]


@pytest.mark.parametrize("source", FILES)
def test_damaged_xml_is_refused_or_counted(tmp_path: Path, source: str) -> None:
    """120 damaged copies of each list: bits turned over, bytes lost, ends cut off."""
    loader, file, content = loader_of(source), tmp_path / "list.xml", FILES[source].encode()
    file.write_bytes(content)
    whole = outcome(loader, file)
    assert whole is not None
    assert (whole["loaded"], whole["quarantined"]) == (2, 0)
    refused = 0
    for changed in damaged(content, random.Random(f"{source} 1")):
        file.write_bytes(changed)
        counts = outcome(loader, file)
        refused += counts is None
        # A copy that lost its end says so, unless it lost nothing but the end of the line.
        assert counts is None or len(changed) > len(content) - 40 or counts["loaded"] < 2 or counts["quarantined"]
    assert refused < 60


def strange(value: Any, numbers: random.Random) -> Any:
    """Return a copy of a record with strange values in some places."""
    if numbers.random() < 0.12:
        return deepcopy(numbers.choice(STRANGE))
    if isinstance(value, dict):
        return {key: strange(member, numbers) for key, member in value.items()}
    if isinstance(value, list):
        return [strange(member, numbers) for member in value]
    return value


@pytest.mark.parametrize("source", ROWS)
def test_strange_values_in_rows_are_quarantined_or_kept(tmp_path: Path, source: str) -> None:
    """300 rows with values of other types in some of their places."""
    numbers, file = random.Random(f"{source} 2"), tmp_path / "rows.jsonl"
    rows = [ROWS[source], *(strange(ROWS[source], numbers) for _ in range(300))]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf8")
    counts = outcome(loader_of(source), file)
    assert counts is not None
    assert counts["read"] == 301
    assert counts["loaded"] + counts["duplicates"] > 100


@pytest.mark.parametrize("source", FILES)
def test_a_list_with_a_document_type_is_refused(tmp_path: Path, source: str) -> None:
    file = tmp_path / "list.xml"
    declaration = "?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
    file.write_text(FILES[source].replace("?>", declaration, 1), encoding="utf8")
    with pytest.raises(LoadError, match="document type"):
        list(loader_of(source).records([file]))


@pytest.mark.parametrize("source", FILES)
def test_a_list_of_another_publisher_is_refused(tmp_path: Path, source: str) -> None:
    file = tmp_path / "list.xml"
    for other, content in FILES.items():
        file.write_text(content, encoding="utf8")
        if other != source:
            with pytest.raises(LoadError, match="the file begins with"):
                list(loader_of(source).records([file]))


@pytest.mark.parametrize("source", FILES)
def test_saying_a_record_twice_says_the_same(tmp_path: Path, source: str) -> None:
    file, loader = tmp_path / "list.xml", loader_of(source)
    file.write_text(FILES[source], encoding="utf8")
    for record in loader.records([file]):
        if hasattr(record, "fields"):
            assert list(loader.statements(record)) == list(loader.statements(record))


def test_every_source_says_who_publishes_it_where_and_under_which_terms() -> None:
    for loader in LOADERS:
        source = loader.source
        assert all((source.id, source.title, source.publisher, source.url, source.format, source.licence))
    assert len({loader.source.id for loader in LOADERS}) == len(LOADERS)


def test_every_list_that_a_file_leads_to_is_described(tmp_path: Path) -> None:
    known = {row["key"] for row in rows_of("party_lists")}
    for source, content in FILES.items():
        file, loader = tmp_path / f"{source}.xml", loader_of(source)
        file.write_text(content, encoding="utf8")
        harvest = Harvest(Snapshot(loader.source, date(2026, 1, 1), (file,)))
        lists = {str(value) for _, term, value in harvest.statements(loader) if term == CLEW.onList}
        assert {name.rpartition("/")[2] for name in lists} <= known
        assert len(lists) == 1
