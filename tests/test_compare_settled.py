"""What a comparison says of many items, of open readings, and of packs that have little in common."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import attrs
import pytest
from toyland import FIRST_AUDIT, PACK, guild

from socorg_rules import Outcome, Pack, compare, load_pack
from socorg_rules.alike import COUNTED, Alike, shared
from socorg_rules.case import read_case
from socorg_rules.change import settling
from socorg_rules.change.candidates import Candidates
from socorg_rules.change.days import told_apart
from socorg_rules.change.merging import PARTED, Merged, pair
from socorg_rules.change.order import Verdict, difference
from socorg_rules.decide import decide
from socorg_rules.decision import Finding
from socorg_rules.evaluate import Evaluator
from socorg_rules.expr import Expr, all_of, any_of
from socorg_rules.place import Place
from socorg_rules.provision import Support
from socorg_rules.words import choose

DAY = dt.date(2022, 5, 1)
YANGPU = Path(__file__).parents[1] / "policies" / "yangpu.py"


def asking(when: Expr) -> Pack:
    """Toyland with another test of the flood relief."""
    return PACK.changed(replace=[attrs.evolve(PACK.plans["flood_relief"].provision, when=when)])


def taking(alternative: str | None) -> Pack:
    """Toyland with a feast that depends on a reading, of which this is taken."""
    audit = attrs.evolve(FIRST_AUDIT, name="feast_audit", default=alternative)
    when = choose(audit, very_first=guild.is_small, first_passed=guild.is_honest)
    return PACK.changed(add=[Support("feast", "庆典", clause="十四", when=when)])


def test_a_threshold_of_many_items_is_found_with_as_many_as_it_takes() -> None:
    old, new = (asking(guild.workshops.count(lambda w: w.is_open) >= n) for n in (300, 301))
    found = compare(old, new)["flood_relief"]
    assert found.verdict is Verdict.STRICTER
    (witness,) = found.witnesses
    workshops = witness.case.to_dict()["guild"]["workshops"]  # type: ignore[index]
    assert len(workshops) == 300
    assert all(w == {"is_open": True} for w in workshops)


def stated(finding: Finding) -> dict[str, object]:
    """A finding but for the facts that are missing."""
    told = finding.to_dict()
    for one in (told, *told.get("items", ())):
        one.pop("missing", None)
    return told


@pytest.mark.parametrize("count", [COUNTED, COUNTED + 1, 40])
def test_what_is_worked_out_once_for_many_items_is_what_the_reference_decides(count: int) -> None:
    workshops = [{"is_open": i % 2 == 0, "rent": 10} for i in range(count)]
    case = read_case({"guild": {"status": "registered", "workshops": workshops}}, [PACK.plans["opening_gift"].root])
    record = shared(case.record)
    for name, plan in PACK.plans.items():
        if plan.root is not record.type:
            continue
        readings = PACK.default_readings
        exact = decide(plan, Evaluator(Place(case.record, "guild"), DAY, readings))
        once = decide(plan, Alike(Place(record, "guild"), DAY, readings))
        assert stated(once) == stated(exact), name
        assert {*once.missing} <= {*exact.missing}, name


def test_a_test_may_hold_facts_of_another_type_than_before() -> None:
    sums = asking(guild.workshops.any(lambda w: w.rent > guild.capital))
    days = asking(guild.workshops.any(lambda w: w.opened_on > guild.founded_on))
    assert all(w.decided for w in compare(sums, days)["flood_relief"].witnesses)
    merged = pair(sums.plans["flood_relief"], days.plans["flood_relief"], {}, {}).merged
    assert merged is not None
    told = {"guild": {"workshops": [{"rent": 5, "opened_on": "2020-01-01"}]}}
    found = decide(merged, Merged(Place(read_case(told, [merged.root]).record, "guild"), DAY, {}))
    assert PARTED in found.gaps


@pytest.mark.parametrize("way", [1, -1], ids=["opened", "closed"])
def test_a_reading_left_open_is_proved_to_change_no_case_that_both_decide(way: int) -> None:
    found = compare(*[taking("very_first"), taking(None)][::way])["feast"]
    assert (found.verdict, found.status) == (Verdict.UNDETERMINED, "proved")
    (witness,) = found.witnesses
    assert Outcome.UNDETERMINED in {witness.before.outcome, witness.after.outcome}
    assert not witness.decided


def test_without_the_solver_an_undetermined_difference_is_only_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "installed", lambda: False)
    found = compare(taking(None), taking("very_first"))["feast"]
    assert (found.verdict, found.status, found.how) == (Verdict.UNDETERMINED, "searched", "witness")


def test_of_two_places_each_provision_is_asked_under_its_own_readings() -> None:
    found = compare("yangpu", "hainan")  # both have a reading of one name with other alternatives
    assert {c.verdict for c in found.values()} >= {Verdict.ADDED, Verdict.REPEALED}
    assert all(c.witnesses for c in found.values() if c.verdict in {Verdict.ADDED, Verdict.REPEALED})


def test_days_that_the_calendar_alone_does_not_tell_apart_are_one() -> None:
    plan = PACK.plans["opening_gift"]
    days = Candidates([plan]).questions()
    by_itself = attrs.evolve(plan, when=guild.is_small, reach=guild.is_honest)
    kinds = told_apart(days, [by_itself])
    assert set(kinds) < set(days)
    assert set(told_apart(days, [plan])) == set(days)  # a fact is held against the day


def edited(folder: Path, old: str, new: str) -> Pack:
    """Yangpu with one place of its text written otherwise."""
    text = YANGPU.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = folder / "edited.py"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return load_pack(str(file))


def test_a_witness_is_under_the_readings_asked_for_where_one_differs_under_these(tmp_path: Path) -> None:
    above = edited(tmp_path, "registered_capital >= capital_required", "registered_capital > capital_required")
    found = compare("yangpu", above)["registered_capital"]
    assert (found.verdict, found.status) == (Verdict.STRICTER, "proved")
    assert [dict(w.readings) for w in found.witnesses] == [{}]


def test_a_witness_names_no_reading_without_which_it_differs_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "installed", lambda: False)
    open_ = [attrs.evolve(FIRST_AUDIT, name=name, default=None) for name in ("one", "other", "third")]
    first, *rest = (choose(r, very_first=guild.is_small, first_passed=guild.is_honest) for r in open_)
    texts = (first & all_of(*rest), any_of(*rest) & first)
    witness = compare(asking(texts[0]), asking(texts[1]))["flood_relief"].witnesses[0]
    assert witness.decided
    plans = [asking(t).plans["flood_relief"] for t in texts]
    for name in witness.readings:
        fewer = {**dict.fromkeys(r.name for r in open_), **witness.readings, name: None}
        record = Place(witness.case.record, "guild")
        one, other = (decide(p, Evaluator(record, witness.as_of, fewer)) for p in plans)
        assert difference(one, other, (plans[0], plans[1])) is not witness.kind
