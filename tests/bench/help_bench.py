"""`plumbline --help` against importing click alone: `python -m tests.bench.help_bench`."""

import statistics
import subprocess
import sys
import time

RUNS = 15
HELP = (sys.executable, "-m", "app", "--help")
CLICK = (sys.executable, "-c", "import click")


def timed(command: tuple[str, ...]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    pairs = [(timed(HELP), timed(CLICK)) for _ in range(RUNS + 1)][1:]
    ratio = statistics.median(mine / bare for mine, bare in pairs)
    mine, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"--help {mine * 1000:.0f} ms, import click {bare * 1000:.0f} ms, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
