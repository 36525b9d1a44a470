"""One candidate in a process of its own: `python -m bench.one NAME SECTOR SMALL TIMES` prints what it took as JSON.

`seconds` is by the clock on the wall, `cpu` what all threads used together: the second hardly changes on a machine that
does other work as well. Spark computes in another process, so its `cpu` says nothing.
"""

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
    seconds, cpu = [], []
    for _ in range(int(times)):
        began, began_cpu = time.perf_counter(), time.process_time()
        sums = run(Path(sector))
        seconds.append(time.perf_counter() - began)
        cpu.append(time.process_time() - began_cpu)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": min(seconds), "cpu": min(cpu), "peak": peak, "sums": sums}))


if __name__ == "__main__":
    main(*sys.argv[1:])
