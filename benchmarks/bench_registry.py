"""A whole registry, from Parquet to Parquet: `socorg-rules registry` under the whole Yangpu pack.

    python benchmarks/bench_registry.py [ORGANIZATIONS [TIMES]]

A million organizations with about five million items where nothing is said; `TIMES` repeats it with so many times the
rows. Each run is a process of its own, whose peak memory the operating system tells. Beside the time stands that of
Polars merely copying the same tables from Parquet to Parquet, in the same minute.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

AS_OF = "2023-06-01"
PROGRAM = (sys.executable, "-m", "socorg_rules")


def run(*command: str) -> tuple[float, float, float]:
    """Seconds, seconds of processors, and the peak memory in gigabytes, of a command in a process of its own."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, kilobytes / 1e6


def copied(folder: Path, to: Path) -> float:
    """How long Polars takes to copy the tables."""
    start = time.perf_counter()
    to.mkdir()
    for path in folder.glob("*.parquet"):
        pl.scan_parquet(path).sink_parquet(to / path.name)
    return time.perf_counter() - start


def measure(n: int) -> tuple[float, float]:
    """Make a registry of `n` organizations and decide it; seconds and peak memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made, _, _ = run(*PROGRAM, "make-registry", str(n), "-o", str(folder / "in"))
        rows = {p.stem: pl.scan_parquet(p).select(pl.len()).collect().item() for p in (folder / "in").glob("*.parquet")}
        copy = copied(folder / "in", folder / "copy")
        out = str(folder / "decided.parquet")
        seconds, processors, peak = run(
            *PROGRAM, "registry", str(folder / "in"), "--pack", "yangpu", "--as-of", AS_OF, "-o", out
        )
        decided = pl.scan_parquet(out).select(pl.len()).collect().item()
    if decided != n:
        raise SystemExit(f"{decided} of {n} organizations were decided")
    items = sum(rows.values()) - n
    print(
        f"{n:>12,}{items:>14,}{made:>10.1f}{copy:>10.1f}{seconds:>12.1f}{processors:>12.1f}{seconds / copy:>10.1f}{peak:>10.2f}"
    )
    return seconds, peak


def main() -> None:
    """One registry, and where asked for one several times as large."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(f"Python {sys.version.split()[0]}, Polars {pl.__version__}, {os.cpu_count()} processors")
    heads = ("organizations", "items", "made, s", "copied, s", "decided, s", "of CPU, s", "× copied", "peak, GB")
    print(f"{heads[0]:>12}{heads[1]:>13}" + "".join(f"{h:>{w}}" for h, w in zip(heads[2:], (10, 11, 11, 12, 10, 10), strict=True)))
    seconds, _ = measure(n)
    if times > 1:
        more, _ = measure(n * times)
        print(f"{times} × the rows: {more / seconds:.1f} × the time")


if __name__ == "__main__":
    main()
