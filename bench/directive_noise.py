"""What each noise of a scan costs when papers are read, field by field.

    .venv/bin/python -m bench.directive_noise FOLDER_OF_REAL_PAPERS

Prints, for the real papers, the first forty and the hard forty, and for each noise alone and all together, the points of recall lost in
each field that lost any, as a mean over ten seeds. Goal: at most 5.
"""

import sys
from pathlib import Path

from tests.core.directives.papers import HARD, INVENTED, NOISES, lost_by_noise

SEEDS = range(10)
GOAL = 5.0  # points of recall


def main() -> None:
    """All sets, all noises."""
    most = 0.0
    for folder in (*map(Path, sys.argv[1:]), INVENTED, HARD):
        for noise in NOISES:
            lost = {field: cost * 100 for field, cost in lost_by_noise(folder, noise, SEEDS).items()}
            most = max(most, *lost.values())
            told = ", ".join(f"{field} {cost:.1f}" for field, cost in sorted(lost.items(), key=lambda each: -each[1]) if cost > 0.05)
            print(f"{folder.name:<12} {noise:<14} {told or 'nothing'}", flush=True)
    print(f"at most {most:.1f} points of recall lost{'' if most <= GOAL else ': over the goal'}")


if __name__ == "__main__":
    main()
