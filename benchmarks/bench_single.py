"""How long one answer takes: medians on this machine, each also as a multiple of something everybody knows.

Run it with `make bench`. Yardsticks are measured in the same minute as what they measure: a plain Python function that
decides the opening subsidy alone, a JSON round trip of the same case, bare Python, and `import attrs`.
"""

import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import socorg_rules as sr

EXAMPLE = Path(__file__).parents[1] / "examples" / "yangpu-new-organization.json"
AS_OF = "2023-06-01"
SECONDS = 1.0
PROCESSES = 15
ROUND_TRIP = "JSON round trip of the case"


class Row(NamedTuple):
    """One line of the table; `yardstick` names the row that its median is a multiple of."""

    name: str
    milliseconds: float
    yardstick: str
    target: float | None = None


def median(action: Callable[[], object]) -> float:
    """The median processor time of as many runs as fit into a second, in milliseconds."""
    action()
    spent: list[int] = []
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        start = time.process_time_ns()
        action()
        spent.append(time.process_time_ns() - start)
    return statistics.median(spent) / 1e6


def opening_subsidy(organization: Mapping[str, Any], as_of: dt.date) -> str | None:
    """What a script would do for one clause: no unknown facts, no readings, no explanation."""
    if organization["status"] != "registered" or not organization["division"].startswith("310110"):
        return None
    established = dt.date.fromisoformat(organization["established_on"])
    if as_of > established.replace(year=established.year + 2):
        return None
    first = min(organization["annual_inspections"], key=lambda inspection: inspection["year"])
    if first["result"] != "合格" or dt.date.fromisoformat(first["concluded_on"]) > as_of:
        return None
    paid = any(payment["provision"] == "opening_subsidy" for payment in organization["payments"])
    return None if paid else "10000.00"


def in_process() -> list[Row]:
    """One case, decided again and again in one process."""
    plain = json.loads(EXAMPLE.read_bytes())
    case, pack, day = sr.load_case(plain), sr.load_pack("yangpu"), dt.date.fromisoformat(AS_OF)

    def decide(engine: str = "compiled") -> sr.Answer:
        return sr.assess(case, pack, AS_OF, engine=engine)

    function = median(lambda: opening_subsidy(plain["organization"], day))
    round_trip = median(lambda: json.loads(json.dumps(plain)))
    return [
        Row("a Python function for one clause", function, ""),
        Row(ROUND_TRIP, round_trip, ""),
        Row("read and validate the case", median(lambda: sr.load_case(plain)), ROUND_TRIP),
        Row("decide the whole pack", median(decide), ROUND_TRIP),
        Row("decide it, reference engine", median(lambda: decide("reference")), ROUND_TRIP),
        Row("decide, to plain data", median(lambda: decide().to_dict()), ROUND_TRIP, 1),
        Row("decide, to plain data with the trace", median(lambda: decide().to_dict(trace=True)), ROUND_TRIP),
        Row(
            "decide, to plain data, reference engine",
            median(lambda: decide("reference").to_dict()),
            ROUND_TRIP,
            1,
        ),
        Row(
            "decide, with the full trace as text",
            median(lambda: decide().explain()),
            ROUND_TRIP,
            5,
        ),
        Row(
            "decide, to plain data with `depends_on`",
            median(lambda: decide().to_dict(depends_on=True)),
            ROUND_TRIP,
        ),
    ]


def processes() -> list[Row]:
    """Fresh processes, taken in turn so that a busy moment of the machine meets all of them."""
    python = [sys.executable, "-c"]
    program = [sys.executable, "-m", "socorg_rules"]
    commands = {
        "bare python": [*python, "pass"],
        "import attrs": [*python, "import attrs"],
        "import socorg_rules": [*python, "import socorg_rules"],
        "from socorg_rules import assess": [*python, "from socorg_rules import assess"],
        "socorg-rules --help": [*program, "--help"],
        "socorg-rules assess": [*program, "assess", str(EXAMPLE), "--pack", "yangpu", "--as-of", AS_OF],
    }
    spent: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as compiled:
        # As installed: modules are compiled once. Some machines that build software forbid Python to keep them.
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        env["PYTHONPYCACHEPREFIX"] = compiled
        for warm in range(PROCESSES + 1):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)
                if warm:
                    spent[name].append((time.perf_counter() - start) * 1000)
    targets = {"import socorg_rules": 150.0}
    return [
        Row(name, statistics.median(times), "" if name == "bare python" else "bare python", targets.get(name))
        for name, times in spent.items()
    ]


def main() -> None:
    """Measure everything and print one table."""
    rows = in_process() + processes()
    known = {row.name: row.milliseconds for row in rows}
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"Python {sys.version.split()[0]}, {cores} cores, medians\n")
    for row in rows:
        times = f"{row.milliseconds / known[row.yardstick]:8.1f} × {row.yardstick}" if row.yardstick else ""
        verdict = (
            ""
            if row.target is None
            else f"  target {row.target:g} ms: {'met' if row.milliseconds < row.target else 'MISSED'}"
        )
        print(f"{row.name:42}{row.milliseconds:10.3f} ms{times}{verdict}")


if __name__ == "__main__":
    main()
