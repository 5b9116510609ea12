"""How fast a stream of events is applied to many organizations, on SQLite and on PostgreSQL.

`python benchmarks/bench_stream.py [ORGANIZATIONS] [EVENTS] [ENGINE] [DATABASE]`: 10,000 organizations of Yangpu, 20
events each in random order, and after each round of events a week that passes. It starts a PostgreSQL server of its
own; where the programs for that are not installed, it says so.
"""

import datetime as dt
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from postgres import programs, server

EXAMPLE = ROOT / "examples" / "yangpu-new-organization.json"
BEGIN = dt.date(2023, 6, 1)


def write_cases(folder: Path, organizations: int, rnd: random.Random) -> None:
    """One case file an organization, each established on some day of two years."""
    folder.mkdir()
    plain = json.loads(EXAMPLE.read_bytes())
    for number in range(organizations):
        founded = dt.date(2021, 6, 1) + dt.timedelta(days=rnd.randrange(700))
        plain["organization"] |= {"name": f"组织{number}（虚构）", "established_on": str(founded)}
        (folder / f"o{number:06}.json").write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")


def event(about: str, rnd: random.Random, year: int) -> dict[str, Any]:
    """What may happen to an organization, the usual things more often."""
    day = str(BEGIN - dt.timedelta(days=rnd.randrange(400)))
    added = {
        "annual_inspections": {"year": 1950 + year, "result": "合格", "concluded_on": f"{1951 + year}-05-20"},
        "assessments": {"grade": rnd.choice(("3A", "4A", "5A"))},
        "honours": {"name": about, "level": rnd.choice(("区级", "市级")), "holder": "organization", "awarded_on": day},
        "ventures": {"name": about, "is_selected": True, "amount": 50_000, "selected_on": day},
        "payments": {"provision": "supervisor_award", "amount": 100, "paid_on": day},
    }
    corrected = {
        "registered_capital": rnd.randrange(30_000, 90_000),
        "stage": rnd.choice(("初创期", "成长期")),
        "undertakes_local_purchase": rnd.choice((True, False)),
        "established_on": str(dt.date(2021, 6, 1) + dt.timedelta(days=rnd.randrange(700))),
        "status": rnd.choice(("registered", "registered", "filed")),
    }
    rare = {"established_on": 1, "status": 1}
    names = [*added, *corrected]
    name = rnd.choices(names, [rare.get(n, 4) for n in names])[0]
    kind, value = ("learned", added[name]) if name in added else ("corrected", corrected[name])
    return {"event": kind, "path": f"organization.{name}", "value": value}


def events(organizations: int, each: int, rnd: random.Random) -> Iterator[dict[str, Any]]:
    """Rounds of one event for every organization in random order, and a week between them."""
    order, number = list(range(organizations)), 0
    for week in range(1, each + 1):
        rnd.shuffle(order)
        for one in order:
            number += 1
            yield {"id": f"e{number}", "case": f"o{one:06}", **event(f"n{number}", rnd, week)}
        yield {"id": f"w{week}", "event": "day_passed", "to": str(BEGIN + dt.timedelta(weeks=week))}


def watch(folder: Path, state: str, engine: str, stream: Path) -> tuple[float, str]:
    """How long the program takes over a stream, and what it says of it."""
    program = [sys.executable, "-m", "socorg_rules", "watch", "yangpu", "--cases", str(folder / "cases")]
    program += ["--events", str(stream), "--state", state, "--as-of", str(BEGIN), "--engine", engine]
    program += ["--changes", str(folder / "changes"), "--rejects", str(folder / "rejects")]
    start = time.perf_counter()
    done = subprocess.run(program, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, done.stderr.strip()


def measure(name: str, folder: Path, state: str, engine: str) -> None:
    """Take in the case files, then the events, and print both."""
    nothing = folder / "nothing"
    nothing.write_bytes(b"")
    cases = sum(1 for _ in (folder / "cases").iterdir())
    before, _ = watch(folder, state, engine, nothing)
    spent, told = watch(folder, state, engine, folder / "events")
    count = int(told.split()[0])
    size = (folder / "changes").stat().st_size
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{name:12}{cases / before:8.0f} organizations a second taken in, {count / spent:8.0f} events a second")
    print(f"{'':12}{told}; {size / 1e6:.0f} MB of changes, {spent:.0f} s; at most {peak} MB of memory", flush=True)


def main() -> None:
    """Measure both databases with the same files."""
    organizations, each = (int(a) for a in (sys.argv[1:3] or ("10000", "20")))
    engine = sys.argv[3] if len(sys.argv) > 3 else "forward"
    databases = sys.argv[4:5] or ["SQLite", "PostgreSQL"]
    rnd = random.Random(1)  # noqa: S311 - nothing secret
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_cases(folder / "cases", organizations, rnd)
        with (folder / "events").open("w", encoding="utf-8") as stream:
            stream.writelines(json.dumps(e, ensure_ascii=False) + "\n" for e in events(organizations, each, rnd))
        print(f"{organizations} organizations, {each} events each, engine {engine}\n")
        if "SQLite" in databases:
            measure("SQLite", folder, str(folder / "state.sqlite"), engine)
            (folder / "changes").unlink()
        if "PostgreSQL" in databases and programs() is None:
            print("PostgreSQL   left out: its programs are not installed")
        elif "PostgreSQL" in databases:
            with server() as url:
                measure("PostgreSQL", folder, url, engine)


if __name__ == "__main__":
    main()
