"""A whole registry, from Parquet to Parquet: `socorg-rules registry` under the whole Yangpu pack.

    python benchmarks/bench_registry.py [ORGANIZATIONS [TIMES]]

A million organizations with about five million items where nothing is said; `TIMES` repeats it with so many times the
rows. Each run is a process of its own, whose peak memory the operating system tells. Beside the time stands that of
Polars merely copying the same tables from Parquet to Parquet, in the same minute.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

AS_OF = "2023-06-01"
PROGRAM = (sys.executable, "-m", "socorg_rules")
WIDTH = 12


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
    """How long Polars takes to copy the tables; the copy is not kept, so that large ones need less room."""
    start = time.perf_counter()
    to.mkdir()
    for path in folder.glob("*.parquet"):
        pl.scan_parquet(path).sink_parquet(to / path.name)
    spent = time.perf_counter() - start
    shutil.rmtree(to)
    return spent


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
    figures = (made, copy, seconds, processors, seconds / copy, peak)
    print(f"{n:>13,}{items:>13,}" + "".join(f"{figure:>{WIDTH}.1f}" for figure in figures))
    return seconds, peak


def main() -> None:
    """One registry, and where asked for one several times as large."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(f"Python {sys.version.split()[0]}, Polars {pl.__version__}, {os.cpu_count()} processors")
    heads = ("made, s", "copied, s", "decided, s", "of CPU, s", "× copied", "peak, GB")
    print(f"{'organizations':>13}{'items':>13}" + "".join(f"{head:>{WIDTH}}" for head in heads))
    seconds, _ = measure(n)
    if times > 1:
        more, _ = measure(n * times)
        print(f"{times} × the rows: {more / seconds:.1f} × the time")


if __name__ == "__main__":
    main()
