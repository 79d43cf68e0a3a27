"""How well the rules over text find what they should, on a labelled set of made-up snippets.

    .venv/bin/python benchmarks/detection.py [--misses]

Each line of `benchmarks/detection/*.jsonl` has a text and, for each rule, what it should find
there. Prints precision and recall of every rule; exit 1 where one of them is below 0.95 for
resident ID numbers, mobile numbers or bank cards. No number belongs to anybody: check digits were
computed.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).resolve().parent / "detection"
LEAST = 0.95
MUST = ("resident_id", "mobile", "bank_card")


@dataclass
class Score:
    """What a rule found rightly, wrongly, and not."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def is_good(self) -> bool:
        return self.precision >= LEAST and self.recall >= LEAST


def snippets() -> Iterator[dict]:
    """Every labelled snippet."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def measure() -> tuple[dict[str, Score], list[str]]:
    """The score of each rule over text, and a line for each thing missed or found wrongly."""
    from disclosure.findings.detectors.table import RULES

    scores = {key: Score() for key, rule in RULES.items() if rule.detect is not None}
    misses = []
    for snippet in snippets():
        text = snippet["text"]
        for key, score in scores.items():
            wanted = Counter(snippet["found"].get(key, []))
            found = Counter(text[hit.start : hit.end] for hit in RULES[key].detect(text))
            score.right += (wanted & found).total()
            score.wrong += (found - wanted).total()
            score.missed += (wanted - found).total()
            misses += [f"{key}: missed {one!r} in {text!r}" for one in wanted - found]
            misses += [f"{key}: wrongly {one!r} in {text!r}" for one in found - wanted]
    return scores, misses


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="name each miss")
    asked = parser.parse_args()
    scores, misses = measure()
    print(f"{sum(1 for _ in snippets())} snippets")
    print(f"{'rule':24}{'right':>7}{'wrong':>7}{'missed':>7}{'precision':>11}{'recall':>8}")
    for key, score in scores.items():
        print(
            f"{key:24}{score.right:7}{score.wrong:7}{score.missed:7}"
            f"{score.precision:11.3f}{score.recall:8.3f}"
        )
    if asked.misses:
        print("\n".join(misses))
    return 0 if all(scores[key].is_good for key in MUST) else 1


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
