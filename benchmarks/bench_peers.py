"""This library beside its peers: the same six benefits, the same data, the same minute. `make bench-peers`.

All are first held to the same sums. The peers treat what is unknown as no; this library keeps it apart. A peer that is
not installed is named and left out (`pip install 'socorg-rules[peers]'`).
"""

from __future__ import annotations

import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "peers"))

import job

import socorg_rules as sr
from socorg_rules.engines.compiled import Compiled, program
from socorg_rules.engines.running import Asked

ROUNDS = 7
CASES = 1_000
EXAMPLE = Path(__file__).parents[1] / "examples" / "yangpu-new-organization.json"
AS_OF = job.AS_OF_DAY
Pairs = list[tuple[int, int]]


def each(decide: Callable[[Any], object], given: Iterable[Any]) -> float:
    """The median processor time of a case, in microseconds, over several rounds of all cases."""
    cases, spent = list(given), []
    for _ in range(ROUNDS):
        start = time.process_time()
        for case in cases:
            decide(case)
        spent.append((time.process_time() - start) / len(cases) * 1e6)
    return statistics.median(spent)


def pairs(answer: sr.Answer) -> Pairs:
    """What is payable of each benefit that is met, in yuan."""
    return [
        (int(d.payable.min), int(d.payable.max or 0)) if d.outcome is sr.Outcome.MET and d.payable else (0, 0)
        for d in answer.decisions
    ]


def ours(rows: list[job.Row]) -> dict[str, tuple[Callable[[Any], object], list[Any], Callable[[Any], Pairs]]]:
    """This library's ways to put the question: what is timed, what it is given, and how its sums are read."""
    pack = job.six_benefits()
    cases = [sr.load_case({"applicant": row}, [pack]) for row in rows]
    made = program(pack, cases[0].root)
    functions = [made.functions[plan].finding for plan in pack.about(cases[0].root)]

    def functions_alone(case: sr.Case) -> list[Any]:
        asked = Asked(AS_OF, (), made.shared)
        return [function(case.record.values, asked) for function in functions]

    def read(found: list[Any]) -> Pairs:
        return [(int(f.payable.min), int(f.payable.max)) if f.outcome is sr.Outcome.MET else (0, 0) for f in found]

    def of_plain(data: dict[str, Any]) -> Pairs:
        sums = [d["payable"] if d["outcome"] == "met" else {"min": "0", "max": "0"} for d in data["decisions"]]
        return [(int(float(s["min"])), int(float(s["max"]))) for s in sums]

    plain = [{"applicant": row} for row in rows]
    return {
        "socorg-rules, compiled functions of a loaded case": (functions_alone, cases, read),
        "socorg-rules, assess of a loaded case": (lambda c: sr.assess(c, pack, AS_OF), cases, pairs),
        "socorg-rules, dictionary to plain data": (lambda r: sr.assess(r, pack, AS_OF).to_dict(), plain, of_plain),
        "socorg-rules, dictionary to plain data with trace": (
            lambda r: sr.assess(r, pack, AS_OF).to_dict(trace=True),
            plain,
            of_plain,
        ),
        "socorg-rules, reference engine": (lambda c: sr.assess(c, pack, AS_OF, engine="reference"), cases, pairs),
    }


def whole_pack() -> dict[str, Callable[[], object]]:
    """What the whole Yangpu pack takes on the loaded case of the example, beside the six benefits of the job."""
    case, pack = sr.load_case(EXAMPLE), sr.load_pack("yangpu")
    made = program(pack, case.root)
    taken = made.taken(tuple(pack.default_readings.items()))
    plans = pack.about(case.root)

    def functions_alone() -> list[object]:
        one = Compiled(made, case.record, Asked(AS_OF, taken, made.shared), unasked)
        return [one.settled(plan) for plan in plans]

    return {
        f"whole Yangpu pack, one loaded case: {len(plans)} provisions, functions alone": functions_alone,
        "whole Yangpu pack, one loaded case: assess": lambda: sr.assess(case, pack, AS_OF),
    }


def unasked() -> Any:  # noqa: ANN401
    """Stands for the reference interpreter where it is not asked."""
    raise AssertionError


def peers() -> dict[str, Callable[[Any], Pairs]]:
    """The engines that are installed, each from a row to its sums."""
    found: dict[str, Callable[[Any], Pairs]] = {}
    import engines

    if installed("zen"):
        found["zen-engine"] = engines.zen(trace=False)
        found["zen-engine, with its trace"] = engines.zen(trace=True)
    if installed("durable"):
        found["durable-rules"] = engines.durable()
    if installed("openfisca_core"):
        import openfisca

        made = openfisca.system()

        def one(row: job.Row, *, trace: bool = False) -> Pairs:
            return [(int(a[0]), int(b[0])) for a, b in openfisca.decide_all(made, openfisca.inputs([row]), trace=trace)]

        found["OpenFisca-Core"] = one
        found["OpenFisca-Core, with its trace"] = lambda row: one(row, trace=True)
    if installed("celpy"):
        found["CEL (cel-python)"] = engines.cel()
    return found


def installed(module: str) -> bool:
    """Whether a peer is here; one that is not is named."""
    if importlib.util.find_spec(module) is None:
        print(f"{module} is not installed and left out")
        return False
    return True


def same(name: str, sums: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    """Refuse to time what does not come to the same."""
    if sums != expected:
        raise SystemExit(f"{name} comes to {sums}, not to {expected}")


def single() -> None:
    """One case at a time, from what stands in memory to a result."""
    rows = job.rows(CASES)
    expected = job.sums([job.by_hand(row) for row in rows])
    by_hand = each(job.by_hand, rows)
    print(f"\n{'one case':55}{'µs':>10}{'× by hand':>12}")
    print(f"{'a plain Python function':55}{by_hand:10.2f}{1:12.1f}")
    for name, (decide, given, read) in ours(rows).items():
        same(name, job.sums([read(decide(g)) for g in given]), expected)
        spent = each(decide, given)
        print(f"{name:55}{spent:10.2f}{spent / by_hand:12.1f}")
    for name, whole in whole_pack().items():
        spent = each(lambda _, whole=whole: whole(), range(CASES))
        print(f"{name:55}{spent:10.2f}{spent / by_hand:12.1f}")
    for name, peer in peers().items():
        same(name, job.sums([peer(row) for row in rows]), expected)
        spent = each(peer, rows[:200])
        print(f"{name:55}{spent:10.2f}{spent / by_hand:12.1f}")


ROWS = 1_000_000
ZEN_ROWS = 20_000
BATCH_ROUNDS = 5
BY_HAND = "Polars by hand, unknown apart"
"""Whose time is the unit: the very columns that this library returns."""


def batch() -> None:
    """A million rows that stand in memory, to outcomes and sums."""
    import frames

    table = frames.table(ROWS)
    same_where_unknown(frames.table(20_000, unknown=0.15))
    expected = frames.totals(frames.by_polars(table))
    engines = whole_tables(table)
    for name, (decide, sums, rows) in engines.items():
        if rows == ROWS and (found := sums(decide())) != expected:
            raise SystemExit(f"{name} comes to {found}, not to {expected}")
    spent = in_turns({name: decide for name, (decide, _, _) in engines.items()})
    print(f"\n{f'{ROWS:,} rows':55}{'ms':>10}{'M rows/s':>12}{'× by hand':>12}")
    for name, (_, _, rows) in engines.items():
        seconds = spent[name] * ROWS / rows
        scaled = "" if rows == ROWS else f", {rows:,} rows, scaled"
        print(f"{name + scaled:55}{seconds * 1e3:10.1f}{ROWS / seconds / 1e6:12.2f}{seconds / spent[BY_HAND]:12.2f}")


def in_turns(decide: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median time of each in seconds, over rounds in which all have their turn: what disturbs one disturbs all."""
    spent: dict[str, list[float]] = {name: [] for name in decide}
    for _ in range(BATCH_ROUNDS):
        for name, one in decide.items():
            start = time.perf_counter()
            one()
            spent[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in spent.items()}


def same_where_unknown(table: Any) -> None:  # noqa: ANN401 - a frame of Polars, which is a peer
    """Refuse to time the select by hand and this library where their columns are not the same, unknown kept apart."""
    import frames

    from socorg_rules import assess_registry

    by_hand = frames.by_polars_unknown_apart(table)
    ours = assess_registry({"applicant": table.with_row_index("row")}, job.six_benefits(), AS_OF).decisions
    ours = ours.sort(ours["row"].cast(int))
    for name in by_hand.columns:
        mine, theirs = ours[name.replace(".m", ".payable_m")], by_hand[name]
        if not (mine.cast(theirs.dtype) == theirs).all() or (mine.is_null() != theirs.is_null()).any():
            raise SystemExit(f"`{name}` is not the same by hand and here")


Whole = tuple[Callable[[], Any], Callable[[Any], dict[str, int]], int]


def whole_tables(table: Any) -> dict[str, Whole]:  # noqa: ANN401 - a frame of Polars, which is a peer
    """Each engine on a whole table: what is timed, how its sums are read, and on how many rows."""
    import frames
    import polars as pl

    by_column = frames.totals
    found: dict[str, Whole] = {
        BY_HAND: (
            lambda: frames.by_polars_unknown_apart(table),
            by_column,
            ROWS,
        ),
        "Polars by hand": (lambda: frames.by_polars(table), by_column, ROWS),
    }
    arrays = frames.arrays(table)
    found["NumPy by hand"] = (lambda: frames.by_numpy(arrays), lambda f: {c: int(a.sum()) for c, a in f.items()}, ROWS)
    if installed("duckdb"):
        found["DuckDB SQL by hand"] = (
            lambda: frames.by_duckdb(table),
            lambda f: by_column(pl.from_arrow(f)),
            ROWS,
        )
    if installed("openfisca_core"):
        import openfisca

        made, given = openfisca.system(), openfisca.columns_of(arrays)
        found["OpenFisca-Core"] = (
            lambda: openfisca.decide_all(made, given),
            lambda f: dict(zip(frames.COLUMNS, (int(a.sum()) for pair in f for a in pair), strict=True)),
            ROWS,
        )
    if installed("zen"):
        import engines

        decide, few = engines.zen(trace=False), list(job.rows(ZEN_ROWS))
        found["zen-engine"] = (lambda: [decide(row) for row in few], lambda _: {}, ZEN_ROWS)
    return {**ours_on_tables(table), **found}


def ours_on_tables(table: Any) -> dict[str, Whole]:  # noqa: ANN401 - as above
    """This library on a whole table: with the plan made before, from clean tables, and with every cell looked at first.
    What lies between the first two is the making of the plan, whatever the number of rows."""
    import frames

    from socorg_rules import assess_registry
    from socorg_rules.registry.tables import read_tables

    pack = job.six_benefits()
    keyed = {"applicant": table.with_row_index("row")}
    clean = read_tables(keyed, [pack])
    wanted = [f"{name}.{part}" for name in job.BENEFITS for part in ("outcome", "payable_min", "payable_max")]

    def decided(given: Any) -> Any:  # noqa: ANN401 - tables, clean or not
        decisions = assess_registry(given, pack, AS_OF).decisions
        return decisions.lazy().select(wanted).collect()

    def sums(frame: Any) -> dict[str, int]:  # noqa: ANN401 - a frame of Polars
        met = {name: frame[f"{name}.outcome"] == "met" for name in job.BENEFITS}
        return {
            f"{name}.{end}": int(frame[f"{name}.payable_{end}"].filter(met[name]).sum() or 0)
            for name, end in (column.split(".") for column in frames.COLUMNS)
        }

    plan = assess_registry(clean, pack, AS_OF).decisions.select(wanted)
    return {
        "socorg-rules, clean tables, plan made before": (plan.collect, sums, ROWS),
        "socorg-rules, clean tables": (lambda: decided(clean), sums, ROWS),
        "socorg-rules, every cell validated": (lambda: decided(keyed), sums, ROWS),
    }


def started() -> None:
    """What it takes to start: the import, and the command line to an answer."""
    import subprocess

    commands = {
        "python, doing nothing": ("-c", "pass"),
        "import socorg_rules": ("-c", "import socorg_rules"),
        "socorg-rules assess": (
            "-m", "socorg_rules", "assess", "examples/yangpu-new-organization.json",
            "--pack", "yangpu", "--as-of", str(AS_OF),
        ),
    }  # fmt: skip
    root = Path(__file__).parents[1]
    print(f"\n{'a process of its own':55}{'ms':>10}{'more':>12}")
    spent = in_turns(
        {
            name: partial(subprocess.run, [sys.executable, *command], check=True, cwd=root, stdout=subprocess.DEVNULL)
            for name, command in commands.items()
        }
    )
    nothing = min(spent.values())
    for name, seconds in spent.items():
        print(f"{name:55}{seconds * 1e3:10.0f}{(seconds - nothing) * 1e3:12.0f}")


if __name__ == "__main__":
    print(f"Python {sys.version.split()[0]}, medians of {ROUNDS} rounds")
    single()
    if installed("polars") and installed("numpy"):
        batch()
    started()
