"""A long random walk through the table of cases: `python -m bench.walk [steps] [seed]`, by default 1,200,000 steps.

The same walk as in the tests, past the same monitor, only longer. Ends with an error when something unlawful
was accepted, or when a row of the table was never walked.
"""

import sys
import time

from tests.core.case_walk import walk

from voordeur.core.case_table import TABLE
from voordeur.core.case_values import State


def main(steps: int, seed: int) -> None:
    started = time.process_time()
    done = walk(steps, seed)
    seconds = time.process_time() - started
    pairs = {(state, row.kind) for row in TABLE for state in row.states}
    print(f"steps tried            {done.steps:>12,}")
    print(f"accepted               {done.accepted:>12,}")
    print(f"refused                {done.refused:>12,}")
    print(f"cases                  {done.cases:>12,}")
    print(f"seconds (CPU)          {seconds:>12.1f}")
    print(f"steps per second       {done.steps / seconds:>12,.0f}")
    print(f"events in a state      {len(pairs & set(done.seen)):>8} of {len(pairs)}")
    print(f"states reached         {len(set(done.states)):>8} of {len(State)}")
    print(f"guards set aside       {sum(done.overruled.values()):>12,}")
    for state, count in sorted(done.states.items(), key=lambda one: one[0].code):
        print(f"  {state.code:4}{state:22}{count:>12,}")
    print("most refused for: " + ", ".join(f"{name} {n:,}" for name, n in done.reasons.most_common(8)))
    missing = sorted(f"{state} {kind}" for state, kind in pairs - set(done.seen))
    if missing:
        raise SystemExit(f"never walked: {missing}")


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(given[0] if given else 1_200_000, given[1] if len(given) > 1 else 2026)
