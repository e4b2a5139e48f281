"""How well and how fast names are screened, against plain string measures in the same run.

    python benchmarks/bench_screening.py                      # everything, on the files beside the checkout
    python benchmarks/bench_screening.py --parts develop      # the curves from which constants were chosen

`develop` works on pairs made from lists (`screening_pairs.py`). `pairs`, `treated`, `scripts` and `originals` are for
measuring: no constant was fitted to them. Accuracy does not depend on the machine; times
do, so compare only ratios inside one table. Times are CPU time of one core.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / ".import"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import screening_pairs as made

from clew.ontology import mint
from clew.reasoner.screening import Query, Screener
from clew.reasoner.screening.compare import compare
from clew.reasoner.screening.index import CandidateIndex
from clew.reasoner.screening.normalise import NameViews, views
from clew.reasoner.screening.rarity import Rarity
from clew.reasoner.screening.subject import Entry, Name, Subject

ROOT = Path(__file__).resolve().parents[1]
KINDS = {"Person": "person", "Company": "organization", "Organization": "organization", "Vessel": "vessel"}
Scorer = Callable[[str, str, str], float]
Pairs = list[tuple[str, str, str, bool, str]]


def bench(shared: Path, name: str) -> Pairs:
    with open(shared / "bench" / f"{name}.csv", encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(r["name_a"], r["name_b"], KINDS.get(r["entity_type"], ""), r["match"] == "1", r["category"]) for r in rows]


def auc(scores: np.ndarray, truth: np.ndarray) -> float:
    """Chance that a match scores above a difference, ties counted half."""
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2)[inverse]
    positive = int(truth.sum())
    return float((ranks[truth].sum() - positive * (positive + 1) / 2) / (positive * (len(truth) - positive)))


def best_f1(scores: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    found = []
    for threshold in np.unique(np.round(scores, 3)):
        hits = scores >= threshold
        right = int((hits & truth).sum())
        found.append((2 * right / (int(hits.sum()) + int(truth.sum())), float(threshold)))
    return max(found)


def recall_at_precision(scores: np.ndarray, truth: np.ndarray, precision: float) -> float:
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(truth[order])
    good = right / np.arange(1, len(order) + 1) >= precision
    last = np.append(scores[order][1:] != scores[order][:-1], True)  # only cuts between different scores
    return float((right[good & last].max(initial=0)) / truth.sum())


def recall_at_fpr(scores: np.ndarray, truth: np.ndarray, rate: float) -> tuple[float, float]:
    below = np.sort(scores[~truth])[::-1]
    threshold = float(below[int(len(below) * rate)])
    return float((scores[truth] > threshold).mean()), threshold


def scorers(rarity: Rarity) -> dict[str, Scorer]:
    return {
        "clew": lambda a, b, kind: compare(views(a, kind), views(b, kind), rarity).value,
        "clew, no list": lambda a, b, kind: compare(views(a, kind), views(b, kind)).value,
        "rapidfuzz token_sort": lambda a, b, kind: fuzz.token_sort_ratio(a.lower(), b.lower()) / 100,
        "rapidfuzz token_set": lambda a, b, kind: fuzz.token_set_ratio(a.lower(), b.lower()) / 100,
        "rapidfuzz WRatio": lambda a, b, kind: fuzz.WRatio(a.lower(), b.lower()) / 100,
        "Jaro-Winkler": lambda a, b, kind: JaroWinkler.similarity(a.lower(), b.lower()),
    }


def compared(title: str, pairs: Pairs, rarity: Rarity, only: Sequence[str] = ()) -> None:
    truth = np.array([match for *_, match, _ in pairs], bool)
    print(f"\n{title}: {len(pairs)} pairs, {int(truth.sum())} of them one party")
    print(f"{'':24}{'AUC':>7}{'best F1':>9}{'at':>7}{'R@P.99':>8}{'R@.80':>7}{'FPR@.80':>9}{'us/pair':>9}")
    for name, scorer in scorers(rarity).items():
        if only and name not in only:
            continue
        [scorer(a, b, kind) for a, b, kind, *_ in pairs]
        start = time.process_time()
        scores = np.array([scorer(a, b, kind) for a, b, kind, *_ in pairs])
        cost = (time.process_time() - start) / len(pairs) * 1e6
        f1, at = best_f1(scores, truth)
        hits = scores >= 0.8
        cells = (auc(scores, truth), f1, at, recall_at_precision(scores, truth, 0.99))
        print(f"{name:24}{cells[0]:7.3f}{cells[1]:9.3f}{cells[2]:7.2f}{cells[3]:8.3f}", end="")
        print(f"{hits[truth].mean():7.3f}{hits[~truth].mean():9.3f}{cost:9.1f}")


def originals(shared: Path) -> Pairs:
    """Names of the UN list in their own script, each against its Latin name and those of two other entries."""
    text = gzip.decompress((shared / "un" / "UN_consolidated_2026-02-27.xml.gz").read_bytes())
    found = []
    for tag, kind in (("INDIVIDUAL", "person"), ("ENTITY", "organization")):
        for entry in ElementTree.fromstring(text).iter(tag):
            words = [entry.findtext(f"{place}_NAME") for place in ("FIRST", "SECOND", "THIRD", "FOURTH")]
            latin = " ".join(word.strip() for word in words if word and word.strip())
            native = (entry.findtext("NAME_ORIGINAL_SCRIPT") or "").strip()
            if native and latin and not native.isascii():
                found.append((native, latin, kind))
    chance = random.Random(1)
    pairs: Pairs = []
    for native, latin, kind in found:
        others = [other for _, other, same in found if same == kind and other != latin]
        pairs.append((native, latin, kind, True, "original"))
        pairs += [(native, other, kind, False, "random") for other in chance.sample(others, 2)]
    return pairs


def develop(shared: Path, rarity: Rarity) -> None:
    cases = made.develop(shared)
    own = [case.category.startswith("own script") for case in cases]
    for title, wanted in (("one script", False), ("two scripts", True)):
        for kind in ("person", "organization", "vessel"):
            some = [c for c, o in zip(cases, own, strict=True) if o is wanted and c.kind == kind]
            if some:
                curve(f"development, {title}, {kind}", some, rarity)


def curve(title: str, cases: list[made.Case], rarity: Rarity) -> None:
    scores = np.array([compare(views(c.query, c.kind), views(c.listed, c.kind), rarity).value for c in cases])
    truth = np.array([c.match for c in cases], bool)
    f1, at = best_f1(scores, truth)
    print(f"\n{title}: {len(cases)} pairs; AUC {auc(scores, truth):.3f}, best F1 {f1:.3f} at {at:.2f}")
    print("threshold  " + "".join(f"{t:8.2f}" for t in THRESHOLDS))
    for name, part in (("recall", truth), ("false", ~truth)):
        print(f"{name:11}" + "".join(f"{(scores[part] >= t).mean():8.3f}" for t in THRESHOLDS))


THRESHOLDS = (0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95)


def treated(shared: Path, rarity: Rarity, entries: list[made.Entry]) -> None:
    """Recall on changed UN names, and how many people who are not listed raise an alert against the OFAC list."""
    pairs = bench(shared, "pairs_yente_un_treated")
    changed = [pair for pair in pairs if pair[0] != pair[1]]
    scores = np.array([compare(views(a, kind), views(b, kind), rarity).value for a, b, kind, *_ in changed])
    print(f"\nUN names as treated by others: {len(pairs)} pairs, {len(changed)} of them changed")
    screener = Screener.of(subjects(entries))
    people = strangers(entries, 800)
    tops = [screener.screen(Query(name, "person"), 1, 0.0) for name in people]
    best = np.array([matches[0].score if matches else 0.0 for matches in tops])
    for threshold in (0.70, 0.80, 0.85, 0.90):
        print(
            f"  {threshold:.2f}: recall {(scores >= threshold).mean():.3f}, alert rate {(best >= threshold).mean():.4f}"
        )
    print(f"  alert rate: {len(people)} people with given and family names of different listed people, not listed so")


def strangers(entries: list[made.Entry], count: int) -> list[str]:
    """Names of nobody: the given name of one listed person with the family name of another. A hard set."""
    chance = random.Random(11)
    names = [entry.names[0] for entry in entries if entry.kind == "person" and "," in entry.names[0]]
    known = {" ".join(made.words_of(name)).lower() for entry in entries for name in entry.names}
    found: list[str] = []
    while len(found) < count:
        one, two = chance.choice(names), chance.choice(names)
        name = f"{one.partition(',')[2].strip()} {two.partition(',')[0].strip()}"
        if one != two and name.lower() not in known:
            found.append(name)
    return found


def subjects(entries: Iterable[made.Entry]) -> list[Subject]:
    on = mint("list", "US-SDN")
    return [
        Subject(
            entity=mint("us-sdn", entry.number),
            label=entry.names[0],
            kind=entry.kind,
            names=tuple(
                Name(mint("us-sdn", entry.number, part=f"name-{at}"), text, "primary")
                for at, text in enumerate(entry.names)
            ),
            entries=(Entry(mint("us-sdn", entry.number, part="listing"), on),),
        )
        for entry in entries
    ]


def retrieval(shared: Path, entries: list[made.Entry], sizes: Sequence[int]) -> None:
    """Recall of the candidates against the right entry and against brute force, by the way a name was changed."""
    cases = [c for c in made.develop(shared) if c.match and not c.category.startswith("own script")]
    owners = {name: entry.number for entry in entries for name in entry.names}
    random.Random(5).shuffle(cases)
    for size in sizes:
        names = grown(entries, size)
        start = time.process_time()
        held = [views(text, kind) for text, kind, _ in names]
        index = CandidateIndex.build(held)
        built = time.process_time() - start
        print(f"\nretrieval among {len(names)} names; built in {built:.0f} s; 50 candidates")
        measure(index, names, held, cases[:1200], owners)


def grown(entries: list[made.Entry], size: int) -> list[tuple[str, str, str]]:
    """The names of the list, with as many recombined ones as are missing to a size."""
    names = [(text, entry.kind, entry.number) for entry in entries for text in entry.names]
    chance = random.Random(3)
    pools: dict[str, list[list[str]]] = defaultdict(list)
    for text, kind, _ in names:
        pools[kind].append(made.words_of(text))
    while len(names) < size:
        kind = chance.choice(("person", "organization"))
        one, two = chance.choice(pools[kind]), chance.choice(pools[kind])
        cut = (len(one) + 1) // 2
        names.append((" ".join([*one[:cut], *two[len(two) // 2 :]]), kind, f"made-{len(names)}"))
    return names


def measure(
    index: CandidateIndex,
    names: list[tuple[str, str, str]],
    held: list[NameViews],
    cases: list[made.Case],
    owners: dict[str, str],
) -> None:
    hits: dict[str, list[bool]] = defaultdict(list)
    kept: list[bool] = []
    times = []
    for place, case in enumerate(cases):
        query = views(case.query, case.kind)
        start = time.process_time()
        found = index.candidates(query).names
        times.append((time.process_time() - start) * 1e3)
        hits[case.category].append(owners[case.listed] in {names[at][2] for at in found})
        if place < 6:
            brute = [compare(query, name, index.rarity).value for name in held]
            top = [int(at) for at in np.argsort(brute)[::-1][:10] if brute[int(at)] >= 0.8]
            kept += [at in found for at in top]
    total = [hit for group in hits.values() for hit in group]
    shown = ", ".join(f"{way} {np.mean(group):.3f} ({len(group)})" for way, group in sorted(hits.items()))
    print(f"  recall of the right entry {np.mean(total):.4f}: {shown}")
    print(f"  of the names that brute force scores 0.80 or more (10 at most), kept {np.mean(kept):.3f} of {len(kept)}")
    p50, p95, p99 = np.percentile(times, (50, 95, 99))
    print(f"  query p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument(
        "--parts", nargs="*", default=["develop", "pairs", "treated", "scripts", "originals", "retrieval"]
    )
    parser.add_argument("--sizes", nargs="*", type=int, default=[60_000, 300_000])
    arguments = parser.parse_args()
    if not arguments.shared.is_dir():
        print(f"{arguments.shared} is not there: the lists and pairs are read from it")
        return 0
    entries = made.ofac(arguments.shared)
    names = [views(text, entry.kind) for entry in entries for text in entry.names]
    rarity = CandidateIndex.build(names).rarity
    parts = {
        "develop": lambda: develop(arguments.shared, rarity),
        "pairs": lambda: compared("name_bench", bench(arguments.shared, "pairs_nomenklatura_name_bench"), rarity),
        "treated": lambda: treated(arguments.shared, rarity, entries),
        "scripts": lambda: compared("two scripts", bench(arguments.shared, "pairs_watchman_cross_script"), rarity),
        "originals": lambda: compared("UN names in their own script", originals(arguments.shared), rarity),
        "retrieval": lambda: retrieval(arguments.shared, entries, arguments.sizes),
    }
    for name in arguments.parts:
        parts[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
