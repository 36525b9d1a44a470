"""One candidate in a process of its own: `python -m bench.one NAME SECTOR SMALL TIMES` prints what it took as JSON."""

import json
import resource
import sys
import time
from pathlib import Path

from bench.candidates import CANDIDATES, prepare


def main(name: str, sector: str, small: str, times: str) -> None:
    run = CANDIDATES[name]
    for path in (Path(small), Path(sector)):
        prepare(name, path)
    run(Path(small))
    taken = []
    for _ in range(int(times)):
        began = time.perf_counter()
        sums = run(Path(sector))
        taken.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    print(json.dumps({"seconds": min(taken), "peak": peak, "sums": sums}))


if __name__ == "__main__":
    main(*sys.argv[1:])
