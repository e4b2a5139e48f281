"""Remarks of OFAC entries are taken apart into what they say, and what is not understood is kept.

OFAC, SDN data specification: weak aliases, dates and places of birth, papers and links stand in the remarks alone.
"""

import pytest

from clew.loaders.ofac_remarks import LIMIT, Kind, Part, parse
from clew.ontology import mint

RU, CN, DE = (mint("place", code) for code in ("RU", "CN", "DE"))


@pytest.mark.parametrize(
    ("remark", "part"),
    [
        ("a.k.a. 'LAM, Gary'.", Part(Kind.WEAK_ALIAS, "LAM, Gary")),
        ("a.k.a. ''ABD AL-'IZ'.", Part(Kind.WEAK_ALIAS, "'ABD AL-'IZ")),
        ("f.k.a. 'ANA I'.", Part(Kind.FORMER_NAME, "ANA I")),
        ("DOB 28 Jul 1963.", Part(Kind.BIRTH_DATE, "28 Jul 1963")),
        ("alt. DOB circa 1951.", Part(Kind.BIRTH_DATE, "circa 1951")),
        ("POB North P'yo'ngan Province, North Korea.", Part(Kind.BIRTH_PLACE, "North P'yo'ngan Province, North Korea")),
        ("nationality Korea, North.", Part(Kind.NATIONALITY, "Korea, North")),
        ("alt. citizen Cyprus.", Part(Kind.NATIONALITY, "Cyprus")),
        ("Gender Male.", Part(Kind.GENDER, "Male")),
        (
            "Linked To: RED MUNDIAL INMOBILIARIA, S.A. DE C.V..",
            Part(Kind.LINK, "RED MUNDIAL INMOBILIARIA, S.A. DE C.V."),
        ),
        ("Organization Established Date 03 Dec 2007.", Part(Kind.ESTABLISHED, "03 Dec 2007")),
        ("Organization Type: Mining of iron ores.", Part(Kind.ACTIVITY, "Mining of iron ores")),
        ("Target Type State-Owned Enterprise.", Part(Kind.SECTOR, "State-Owned Enterprise")),
        (
            "Secondary sanctions risk: section 1(b) of Executive Order 13224.",
            Part(Kind.NOTE, "Secondary sanctions risk: section 1(b) of Executive Order 13224"),
        ),
        ("Individual's height is 5 feet 9 inches.", Part(Kind.OTHER, "Individual's height is 5 feet 9 inches")),
    ],
)
def test_a_part_is_what_its_words_say(remark: str, part: Part) -> None:
    assert parse(remark) == [part]


@pytest.mark.parametrize(
    ("remark", "scheme", "value", "issuer"),
    [
        ("Passport 1084010 (Egypt).", "passport", "1084010", mint("place", "EG")),
        (
            "alt. Passport AD006846 (Zimbabwe) issued 04 Feb 2020 expires 03 Feb 2025.",
            "passport",
            "AD006846",
            mint("place", "ZW"),
        ),
        ("Passport 836110034 expires 01 Jan 2020.", "passport", "836110034", None),
        ("Tax ID No. 1841015504 (Russia).", "ru-inn", "1841015504", RU),
        ("Tax ID No. 183111242406 (Russia).", "ru-inn", "183111242406", RU),
        ("Tax ID No. 12345 (Russia).", "tax-id", "12345", RU),
        ("Tax ID No. 1841015504 (Serbia).", "tax-id", "1841015504", mint("place", "RS")),
        ("Registration Number 1101841007938 (Russia).", "ru-ogrn", "1101841007938", RU),
        ("Registration Number HRA 738077 (Stuttgart) (Germany).", "registration-number", "HRA 738077 (Stuttgart)", DE),
        ("Unified Social Credit Code (USCC) 9113100033607322XK (China).", "cn-uscc", "9113100033607322XK", CN),
        ("National ID No. 14/MAMAKA N 140703 (Burma).", "national-id", "14/MAMAKA N 140703", mint("place", "MM")),
        ("Passport 654410025 (Korea, North) expires 14 Oct 2019.", "passport", "654410025", mint("place", "KP")),
        (
            "Military Registration Number 17 (Congo, Democratic Republic of the).",
            "military-number",
            "17",
            mint("place", "CD"),
        ),
        ("SWIFT/BIC HAVIGB2L.", "bic", "HAVIGB2L", None),
        ("BIK (RU) 044030707.", "other", "044030707", None),
        ("Legal Entity Number 253400HA6URWT39X2982.", "lei", "253400HA6URWT39X2982", None),
        ("MMSI 572469210.", "mmsi", "572469210", None),
        ("Vessel Registration Identification IMO 7406784.", "imo", "7406784", None),
        ("Identification Number IMO 5342883.", "imo", "5342883", None),
        ("International Maritime Organization No. (5777731).", "imo", "5777731", None),
        ("Vessel Registration Identification RS 150443 (Russia).", "registration-number", "RS 150443", RU),
        ("Website www.gicdf.org.", "website", "www.gicdf.org", None),
        ("alt. Email Address artemlv@hotmail.com.", "email", "artemlv@hotmail.com", None),
        ("Telephone No. (218) (0)214778301.", "phone", "(218) (0)214778301", None),
        (
            "alt. Digital Currency Address - XBT 1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo.",
            "wallet-xbt",
            "1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo",
            None,
        ),
        ("Aircraft Manufacturer's Serial Number (MSN) 1023409321.", "aircraft-serial", "1023409321", None),
        ("Italian Fiscal Code: KMMMHD68D03Z352N.", "tax-id", "KMMMHD68D03Z352N", None),
    ],
)
def test_an_identifier_has_its_scheme_its_value_and_the_country_that_gave_it(
    remark: str, scheme: str, value: str, issuer: object
) -> None:
    (part,) = parse(remark)
    assert (part.kind, part.scheme, part.value, part.issuer) == (Kind.IDENTIFIER, scheme, value, issuer)


@pytest.mark.parametrize(
    "text", ["Passport unknown", "U.S.A. Passport issued 21 Jun 1992", "Website none", "MMSI 12", "Passports 1"]
)
def test_words_that_announce_an_identifier_without_one_are_kept_as_they_are(text: str) -> None:
    assert parse(f"{text}.") == [Part(Kind.OTHER, text)]


def test_parts_come_in_the_order_of_the_remark() -> None:
    parts = parse("DOB 03 Dec 1982; nationality China; a.k.a. 'LAM, Gary'; Linked To: MATINKIA, Alireza.")
    assert [part.kind for part in parts] == [Kind.BIRTH_DATE, Kind.NATIONALITY, Kind.WEAK_ALIAS, Kind.LINK]
    assert parts[-1].value == "MATINKIA, Alireza"


@pytest.mark.parametrize("end", ["a.k.a. 'APPLEW", "Linked To: BANK", "Phone No.", "Passport 12345"])
def test_the_part_that_ofac_cut_off_at_its_limit_is_not_believed(end: str) -> None:
    """OFAC cuts remarks at 1,000 characters; half a name or number is none."""
    whole = ("Gender Male; " * 100)[: LIMIT - len(end) - 2].rpartition("; ")[0] + "; "
    remark = whole + "x" * (LIMIT - len(whole) - len(end) - 2) + "; " + end
    assert len(remark) == LIMIT
    assert parse(remark)[-1] == Part(Kind.OTHER, end)
    assert parse(remark)[0] == Part(Kind.GENDER, "Male")


@pytest.mark.parametrize("remark", ["", ".", "; ; .", "a.k.a. 'X", "()", "Passport (", "alt. "])
def test_a_remark_in_disorder_is_no_error(remark: str) -> None:
    assert all(part.kind is Kind.OTHER for part in parse(remark))
