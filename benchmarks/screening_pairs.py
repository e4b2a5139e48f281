"""Pairs of names with known answers, made from published lists, for choosing the constants of screening.

Nothing here comes from a benchmark set. Positives are aliases that a list itself gives to one entry, and names changed
the way people change them; negatives are different entries of one list whose names are near, and names with one word
exchanged. The same seed makes the same pairs.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

KINDS = {"individual": "person", "": "organization", "vessel": "vessel"}
FORMS = ("LLC", "LTD", "CO., LTD.", "JSC", "OOO", "INC", "GMBH", "LIMITED")
TITLES = ("Mr.", "Dr.", "Sheikh", "Haji", "Gen.")
VOWELS = "AEIOUaeiou"
DULL = frozenset(
    word
    for words in (
        "COMPANY LIMITED LIABILITY JOINT STOCK PUBLIC CLOSED OPEN CORPORATION SIRKETI OBSHCHESTVO OGRANICHENNOI",
        "OTVETSTVENNOSTYU AKTSIONERNOE KOMPANIYA COMPANIA S.A C.V LTDA S.R.L GMBH EOOD DOOEL LTD INC LLC",
    )
    for word in words.split()
)


@dataclass(frozen=True)
class Case:
    query: str
    listed: str
    kind: str
    match: bool
    category: str


@dataclass(frozen=True)
class Entry:
    number: str
    kind: str
    names: tuple[str, ...]


def rows(path: Path) -> list[list[str]]:
    text = gzip.decompress(path.read_bytes()).decode("utf8", "replace").rstrip("\x1a")
    return [[cell.strip().replace("-0-", "") for cell in row] for row in csv.reader(text.splitlines()) if len(row) > 3]


def ofac(shared: Path) -> list[Entry]:
    """Entries of the list of May 2024 with the aliases of December 2025 that belong to them."""
    names: dict[str, list[str]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for row in rows(shared / "ofac" / "sdn_2024-05-03.csv.gz"):
        if row[2] in KINDS:
            kinds[row[0]] = KINDS[row[2]]
            names[row[0]].append(row[1])
    for row in rows(shared / "ofac" / "full_2025-12-24" / "alt.csv.gz"):
        if row[0] in kinds and row[3] not in names[row[0]]:
            names[row[0]].append(row[3])
    return [Entry(number, kinds[number], tuple(names[number])) for number in kinds]


def uk_scripts(shared: Path) -> list[tuple[str, str, str]]:
    """Names in their own script with the primary name, of entries that the UK designated itself."""
    found = []
    packed = (shared / "uk" / "uk_sanctions_list_2026-08-22.jsonl.gz").read_bytes()
    for line in gzip.decompress(packed).decode("utf8").split("\n"):
        if not line:
            continue
        entry = json.loads(line)
        native = [n.get("name_non_latin_script") for n in (entry.get("non_latin_names") or {}).get("names", [])]
        if entry.get("designation_source") == "UN" or not native:
            continue
        kind = {"Individual": "person", "Ship": "vessel"}.get(entry["individual_entity_ship"], "organization")
        for name in entry["names"]["names"]:
            if name.get("name_type", "").lower() == "primary name":
                words = [name[f"name{i}"] for i in range(1, 7) if name.get(f"name{i}")]
                found += [(text, " ".join(words), kind) for text in native if text and not text.isascii()]
    return found


def develop(shared: Path, seed: int = 7, size: int = 600) -> list[Case]:
    """Return the development pairs: `size` of each category and kind, as far as there are so many."""
    chance = random.Random(seed)
    entries = ofac(shared)
    cases: list[Case] = []
    for kind in KINDS.values():
        some = [entry for entry in entries if entry.kind == kind]
        count = size if kind != "vessel" else size // 4
        chance.shuffle(some)
        cases += aliases(some, kind, count)
        cases += changed(some, kind, count, chance)
        cases += neighbours(some, kind, count * 2, chance)
        cases += exchanged(some, kind, count * 2, chance)
    cases += scripts(shared, size, chance)
    return cases


def aliases(entries: list[Entry], kind: str, count: int) -> list[Case]:
    """Aliases that are another spelling of the first name rather than another name."""
    found = []
    for entry in entries:
        near = [n for n in entry.names[1:] if 70 <= fuzz.token_sort_ratio(n.lower(), entry.names[0].lower()) < 100]
        found += [Case(near[0], entry.names[0], kind, True, "alias")] if near else []
    return found[:count]


def changed(entries: list[Entry], kind: str, count: int, chance: random.Random) -> list[Case]:
    ways = {"typo": typo, "reorder": reorder, "vowels": vowels, "joined": joined}
    ways |= {"initial": initial, "drop": drop, "title": title} if kind == "person" else {}
    ways |= {"form": form, "short": short} if kind == "organization" else {}
    made = []
    for entry in entries:
        name, way = entry.names[0], chance.choice(sorted(ways))
        query = ways[way](name, chance)
        if query and query.lower() != name.lower():
            made.append(Case(query, name, kind, True, way))
    return made[: count * 2]


def words_of(name: str) -> list[str]:
    head, comma, tail = name.partition(",")
    return [*tail.split(), *head.split()] if comma and "." not in tail else name.split()


def typo(name: str, chance: random.Random) -> str:
    words = words_of(name)
    long = [i for i, word in enumerate(words) if len(word) >= 5]
    for i in chance.sample(long, min(len(long), chance.choice((1, 1, 2)))):
        words[i] = slip(words[i], chance)
    return " ".join(words)


def slip(word: str, chance: random.Random) -> str:
    at, letter = chance.randrange(1, len(word) - 1), chance.choice("ABCDEGHIKLMNOPRSTUVYZ")
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
        )
    )


def reorder(name: str, chance: random.Random) -> str:
    words = words_of(name)
    dull = words[0].strip(".,").upper() in DULL
    return " ".join(words[1:] + words[:1]) if len(words) > 1 and not dull else ""


def vowels(name: str, chance: random.Random) -> str:
    words = words_of(name)
    return " ".join(w[0] + "".join(c for c in w[1:] if c not in VOWELS) if len(w) > 4 else w for w in words)


def joined(name: str, chance: random.Random) -> str:
    words = words_of(name)
    at = chance.randrange(len(words) - 1) if len(words) > 1 else 0
    return " ".join([*words[:at], "".join(words[at : at + 2]), *words[at + 2 :]]) if len(words) > 1 else ""


def initial(name: str, chance: random.Random) -> str:
    words = words_of(name)
    return " ".join([words[0][0] + ".", *words[1:]]) if len(words) > 2 else ""


def drop(name: str, chance: random.Random) -> str:
    words = words_of(name)
    return " ".join([words[0], words[-1]]) if len(words) == 3 else ""


def title(name: str, chance: random.Random) -> str:
    return f"{chance.choice(TITLES)} {' '.join(words_of(name))}"


def form(name: str, chance: random.Random) -> str:
    return f"{name} {chance.choice(FORMS)}"


def short(name: str, chance: random.Random) -> str:
    table = {"COMPANY": "CO", "TRADING": "TRDG", "INTERNATIONAL": "INTL", "GROUP": "GRP", "LIMITED": "LTD"}
    table |= {"INDUSTRIES": "IND", "TECHNOLOGY": "TECH", "SERVICES": "SVCS", "SHIPPING": "SHPG", "GENERAL": "GEN"}
    return " ".join(table.get(word.strip(".,").upper(), word) for word in name.split())


def neighbours(entries: list[Entry], kind: str, count: int, chance: random.Random) -> list[Case]:
    """For each name the nearest name of another entry: as near as different parties come."""
    names = [(" ".join(words_of(e.names[0])).lower(), e) for e in entries]
    texts = [text for text, _ in names]
    found = []
    for text, entry in names[: count * 2]:
        for _, score, at in process.extract(text, texts, scorer=fuzz.token_sort_ratio, limit=4):
            other = names[at][1]
            own = {n.lower() for n in entry.names}
            if other is not entry and score < 97 and own.isdisjoint(n.lower() for n in other.names):
                found.append(Case(" ".join(words_of(entry.names[0])), other.names[0], kind, False, "neighbour"))
                break
    return found[:count]


def exchanged(entries: list[Entry], kind: str, count: int, chance: random.Random) -> list[Case]:
    """Names with one word exchanged for a word of another name, and organizations with one word more."""
    pool = [word for entry in entries for word in words_of(entry.names[0]) if len(word) > 3]
    pool = [word for word in pool if word.strip(".,").upper() not in DULL]
    made = []
    for entry in entries[:count]:
        words = words_of(entry.names[0])
        at = chance.randrange(len(words))
        other = chance.choice(pool)
        if (
            len(words) < 2
            or len(words[at]) < 4
            or fuzz.ratio(other, words[at]) > 60
            or words[at].strip(".,").upper() in DULL
        ):
            continue
        extra = kind == "organization" and chance.random() < 0.3
        query = [*words[:at], other, *words[at if extra else at + 1 :]]
        made.append(Case(" ".join(query), entry.names[0], kind, False, "one word more" if extra else "one word other"))
    return made


def scripts(shared: Path, count: int, chance: random.Random) -> list[Case]:
    """Names in their own script against the Latin one, and against the nearest and a random Latin name of others."""
    pairs = uk_scripts(shared)
    chance.shuffle(pairs)
    cases = []
    for kind in ("person", "organization"):
        some = [pair for pair in pairs if pair[2] == kind][:count]
        latin = sorted({listed for _, listed, _ in some})
        for native, listed, _ in some:
            others = [o for o, s, _ in process.extract(listed, latin, scorer=fuzz.token_sort_ratio, limit=3) if s < 90]
            cases.append(Case(native, listed, kind, True, "own script"))
            cases += [Case(native, other, kind, False, "own script, near") for other in others[:1] if other != listed]
            cases += [
                Case(native, other, kind, False, "own script, any")
                for other in [chance.choice(latin)]
                if other != listed
            ]
    return cases
