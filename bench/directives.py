"""How well and how fast directives are read.

    .venv/bin/python -m bench.directives [FOLDER]

FOLDER holds pairs of NAME.txt and annotated NAME.json (the default is the invented papers of the tests). Prints precision and recall by
field, then the CPU time of a 5 MB text and of 10,000 mutated papers (goals: < 2 s, and none over 1 s).
"""

import json
import random
import re
import sys
import time
from pathlib import Path

from kheo.core.directives.measuring import measure
from kheo.core.directives.reading import read
from tests.core.directives.papers import INVENTED, answer, pairs, torn

MUTATED = 10_000
LARGE = 5_000_000  # bytes


def main() -> None:
    """All measures, one after the other."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else INVENTED
    papers = list(pairs(folder)) if folder.is_dir() else []
    if not papers:
        sys.exit(f"{folder} holds no pairs of NAME.txt and NAME.json\n\n{__doc__}")
    quality(papers)
    texts = [text for _, text, _ in papers]
    longest = max(texts, key=len)
    large("one body over and over", longest, [_middle(longest)])
    large("all bodies in turn", longest, [_middle(text) for text in texts])
    large("bodies whose figures and words all differ", longest, differing([_middle(text) for text in texts]))
    mutated(texts)


def quality(papers: list[tuple[str, str, dict[str, object]]]) -> None:
    """Precision, recall and F1 of each field."""
    print(f"{len(papers)} papers")
    for name, score in measure((name, answer(text), wanted) for name, text, wanted in papers).items():
        print(f"  {name:<18} P {score.precision:6.1%}  R {score.recall:6.1%}  F1 {score.f1:6.1%}  ({score.right}/{score.wanted})")


def _middle(text: str) -> str:
    return text[len(text) // 4 : len(text) * 3 // 4]


def differing(bodies: list[str]) -> list[str]:
    """Bodies in turn up to 5 MB, in each other figures (years stay) and one word in twenty-five another: nothing stands there twice."""
    rng, told, size = random.Random(1), list[str](), 0
    words = sorted({word for body in bodies for word in re.findall(r"[^\W\d_]{2,}", body) if word.islower()})
    while size < LARGE * 0.98:
        body = bodies[len(told) % len(bodies)]
        body = re.sub(r"\d+", lambda figure: _other(figure[0], rng), body)
        body = re.sub(
            r"(?<= )[^\W\d_]{2,}(?= )", lambda word: rng.choice(words) if rng.random() < 0.04 and word[0].islower() else word[0], body
        )
        told.append(body)
        size += len(body.encode()) + 2
    return told


def _other(figure: str, rng: random.Random) -> str:
    if re.fullmatch("(?:19|20)..", figure):
        return figure
    return "".join(digit if digit == "0" else str(rng.randrange(1, 10)) for digit in figure)


def large(name: str, paper: str, bodies: list[str]) -> None:
    """One text of 5 MB: a paper whose body is filled with bodies in turn."""
    start, end = len(paper) // 4, len(paper) * 3 // 4
    row = "\n\n".join(bodies)
    whole = paper[:start] + row * (LARGE // len(row.encode())) + paper[end:]
    began = time.process_time()
    read(whole)
    print(f"5 MB, {name} ({len(whole.encode()):,} bytes): {time.process_time() - began:.2f} s CPU")


def mutated(texts: list[str]) -> None:
    """The slowest and the mean of many mutated papers; a fault ends the run."""
    times = []
    for seed in range(MUTATED):
        text = torn(texts[seed % len(texts)], seed)
        began = time.process_time()
        json.dumps(answer(text))
        times.append(time.process_time() - began)
    print(f"{MUTATED:,} mutated papers: mean {sum(times) / len(times) * 1000:.1f} ms, slowest {max(times) * 1000:.0f} ms CPU, no fault")


if __name__ == "__main__":
    main()
