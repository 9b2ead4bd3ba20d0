"""Damage the specimen letters at random and understand them: nothing may raise, give unsound results or take long.

    python tools/fuzz_letters.py --count 100000 --seed 1

One line per fault, with the seed that brings it back; ends with how many were
tried and how long the slowest page took. Exit code 1 where there was a fault.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections.abc import Iterator

from corpus.mutate import mutated
from corpus.soundness import unsound
from corpus.specimen import letters
from nlp.dispatch import understand
from nlp.jsonform import from_json, to_json
from nlp.reading import page_of_string

SECONDS = 2.0
"""What a page may take at most, on one core."""
PAGE = 3000
"""Characters of a full page; a shorter text is a page all the same."""


def damaged(seed: int) -> tuple[str, str]:
    """Name of the letter and the damaged text of a seed."""
    chance = random.Random(seed)
    specimen = chance.choice(letters())
    return specimen.name, mutated(specimen.text, chance)


def faults(text: str) -> Iterator[str]:
    """What goes wrong with a text, in words."""
    started = time.process_time()
    try:
        dispatches = understand((page_of_string(text),))
        spent = time.process_time() - started
        for dispatch in dispatches:
            yield from unsound(dispatch)
            if from_json(to_json(dispatch, with_text=True)) != dispatch:
                yield "the JSON does not give the dispatch back"
    except Exception as error:  # the very thing that is looked for: told with its place, the search goes on
        where = traceback.extract_tb(error.__traceback__)[-1]
        yield f"{type(error).__name__}: {error} ({where.filename.rsplit('/', 2)[-1]}:{where.lineno})"
        return
    if spent > SECONDS * max(1.0, len(text) / PAGE):
        yield f"{spent:.1f} s for {len(text)} characters"


def main() -> int:
    """Try many; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0, help="seed of the first one")
    options = parser.parse_args()
    bad, slowest = 0, (0.0, options.seed)
    for seed in range(options.seed, options.seed + options.count):
        if seed > options.seed and (seed - options.seed) % 5000 == 0:
            print(f"… {seed - options.seed}", file=sys.stderr, flush=True)
        name, text = damaged(seed)
        started = time.process_time()
        for fault in faults(text):
            bad += 1
            print(f"seed {seed}, {name}: {fault}", flush=True)
        slowest = max(slowest, ((time.process_time() - started) / max(1.0, len(text) / PAGE), seed))
    print(f"{options.count} letters, {bad} faults; slowest page {slowest[0]:.2f} s (seed {slowest[1]})")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
