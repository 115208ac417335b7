"""How often what is told with a confidence is right: a table over badly scanned papers.

    .venv/bin/python -m bench.directive_sureness FOLDER_OF_REAL_PAPERS

Prints, for the real papers and the four invented sets, how much was told with a confidence of each band and how much of it was right.
What is told for sure must be right more often than the rest; the page of a draft marks what is below 0.7.
"""

import sys
from collections import Counter
from pathlib import Path

from tests.core.directives.papers import BANDS, FOURTH, HARD, INVENTED, THIRD, reliability

SEEDS = range(5)


def main() -> None:
    """Each set, then all of them."""
    rights, tolds = Counter[float](), Counter[float]()
    for folder in (*map(Path, sys.argv[1:]), INVENTED, HARD, THIRD, FOURTH):
        table = reliability(folder, SEEDS)
        print(f"{folder.name:<12} {row(table)}", flush=True)
        for band, (right, told) in table.items():
            rights[band] += right
            tolds[band] += told
    print(f"{'all':<12} {row({band: (rights[band], tolds[band]) for band in BANDS})}")


def row(table: dict[float, tuple[int, int]]) -> str:
    """`from 0.9: 98.4 % of 4,120`, for each band."""
    return "   ".join(f"from {band:.1f}: {100 * right / told if told else 0:5.1f} % of {told:,}" for band, (right, told) in table.items())


if __name__ == "__main__":
    main()
