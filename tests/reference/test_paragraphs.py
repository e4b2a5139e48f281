"""The paragraphs a control line names are read when the text is nothing but a list of them, and else not at all."""

import pytest

from clew.loaders.places import rows_of
from clew.loaders.reference.paragraphs import Reach, reach

READ = [
    ("3A090", "RS applies to 3A090.a", "3A090.a", ""),
    ("1A613", "RS applies 1A613.y", "1A613.y", ""),
    ("1A004", "RS apply to 1A004.d", "1A004.d", ""),
    ("3A001", "RS applies to 3A001.z.1.a, z.2.a", "3A001.z.1.a 3A001.z.2.a", ""),
    ("0A504", "FC applies to paragraphs .a, .b, and .i of this entry", "0A504.a 0A504.b 0A504.i", ""),
    ("3B001", "NS applies to 3B001.a.1 to a.3, b, g to h", "3B001.a.1 3B001.a.2 3B001.a.3 3B001.b 3B001.g 3B001.h", ""),
    ("9E003", "SI applies to 9E003.a.1 through a.3, .h, and .l", "9E003.a.1 9E003.a.2 9E003.a.3 9E003.h 9E003.l", ""),
    ("1C351", "CB applies to items controlled by 1C351.d.15 and .16", "1C351.d.15 1C351.d.16", ""),
    ("9A004", "NS applies to 9A004 .g, .r, and .w", "9A004.g 9A004.r 9A004.w", ""),
    ("5A001", "NS applies to 5A001.b (except .b.5), .c", "5A001.b 5A001.c", "5A001.b.5"),
    ("9A990", "AT applies to 9A990.a only", "9A990.a", ""),
    ("9E610", "NS applies to entire entry except 9E610.y", "", "9E610.y"),
    ("8A620", "NS applies to entire entry, except 8A620. b and .y", "", "8A620.b 8A620.y"),
    ("9A515", "NS applies to entire entry, except .e, .x, and .y", "", "9A515.e 9A515.x 9A515.y"),
]  # fmt: skip

UNREAD = [
    ("1A002", "NP applies to 1A002.b.1 in the form of tubes with an inside diameter between 75 mm and 400 mm"),
    ("1C002", "NP applies to 1C002.b.3 or b.4 if they exceed the parameters stated in 1C202"),
    ("3D001", "RS applies to “software” for commodities controlled by 3A090.c"),
    ("1C353", "CB applies to genetic elements of items controlled by 1C351.d.15 and .16"),
    ("9D515", "RS applies to 9D515.y, except to Russia for use in, with, or for the International Space Station (ISS)"),
    ("2B004", "NP applies to entire entry, except 2B004.b.3 and presses with maximum working pressures below 69 MPa"),
    ("6E001", "NS applies to “technology” for items controlled by 6A001 to 6A008"),
    ("4A001", "NP applies, unless a License Exception is available"),
    ("3A090", "RS applies to 3A090.c to a"),
    ("3A090", "something else"),
]


@pytest.mark.parametrize(("eccn", "text", "paragraphs", "exceptions"), READ)
def test_a_plain_list_is_read_to_the_letter(eccn: str, text: str, paragraphs: str, exceptions: str) -> None:
    assert reach(eccn, text) == Reach(tuple(paragraphs.split()), tuple(exceptions.split()))


@pytest.mark.parametrize(("eccn", "text"), UNREAD)
def test_a_text_with_a_condition_states_nothing(eccn: str, text: str) -> None:
    assert reach(eccn, text) == Reach()


def test_half_of_the_lines_about_parts_of_entries_can_be_read() -> None:
    # 434 of 1,536 lines are about a part of an entry or leave a part out; the rest of them hold a condition
    parts = [row for row in rows_of("us_ccl_controls") if row["scope"] != "entire_entry"]
    read = [row for row in parts if reach(row["eccn"], row["control_text"]) != Reach()]
    assert len(parts) == 434
    assert len(read) == 214


def test_no_paragraph_belongs_to_another_entry() -> None:
    for row in rows_of("us_ccl_controls"):
        found = reach(row["eccn"], row["control_text"])
        for code in found.paragraphs + found.exceptions:
            assert code.startswith(f"{row['eccn']}."), row
