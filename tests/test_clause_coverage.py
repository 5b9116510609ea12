"""The tests that clauses are made of, and which marks cases give them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from toyland import PACK as TOYLAND

from socorg_rules import assess, load_pack, packs
from socorg_rules.assess import OBSERVERS
from socorg_rules.clause_coverage import ClauseCoverage
from socorg_rules.clause_tests import clause_tests
from socorg_rules.expr import walk
from socorg_rules.facts import Type
from socorg_rules.pack import Pack
from socorg_rules.words import Condition

HARBOUR = load_pack(Path(__file__).parent / "packs" / "harbour.py")
ORGANIZATION = {"division": "990101", "status": "registered", "established_on": "2021-05-01", "payments": []}
DAY = "2023-06-01"

Marks = dict[str, bool]


@pytest.fixture
def counted() -> Iterator[ClauseCoverage]:
    """What is counted of the harbour while a test asks."""
    counting = ClauseCoverage([HARBOUR])
    OBSERVERS.append(counting)
    yield counting
    OBSERVERS.remove(counting)


def marks(counted: ClauseCoverage, provision: str, name: str) -> Marks:
    return dict(next(r.marks for r in counted.rows() if (r.provision, r.name) == (provision, name)))


def had(**given: bool) -> Marks:
    return {"true": False, "false": False, "unknown": False, "decisive": False, **given}


def every_pack() -> list[Pack]:
    return [TOYLAND, *map(load_pack, packs())]


@pytest.mark.parametrize("pack", every_pack(), ids=lambda p: p.id)
def test_every_condition_and_no_value_is_a_test_and_goes_by_a_name_of_its_own(pack: Pack) -> None:
    for plan in pack.plans.values():
        tests = clause_tests(plan)
        assert len({t.name for t in tests}) == len({t.label for t in tests}) == len(tests)
        assert {t.node.shape.type for t in tests} <= {Type.YES_NO}
        conditions = {n for e in (plan.reach, plan.force, plan.when) for n in walk(e) if isinstance(n, Condition)}
        assert conditions <= {t.node for t in tests}


def test_a_test_stands_under_the_clause_of_the_condition_around_it() -> None:
    clauses = {t.name: t.clause for t in clause_tests(load_pack("yangpu").plans["opening_subsidy"])}
    assert clauses["in_force"] == clauses["in_force: 基准日 >= 2021-07-21"] == "五"
    assert clauses["newly_established"] == "三(一)2"


def test_nothing_is_covered_before_something_is_asked(counted: ClauseCoverage) -> None:
    assert counted.percent == 0
    assert not any(had for row in counted.rows() for had in row.marks.values())


def test_a_test_is_decisive_where_the_decision_would_be_another_without_it(counted: ClauseCoverage) -> None:
    assess({"organization": ORGANIZATION}, HARBOUR, DAY)
    assert marks(counted, "opening", "registered") == had(true=True, decisive=True)
    assert marks(counted, "opening", "young") == had(true=True, decisive=True)


def test_a_test_that_another_one_already_refutes_decides_nothing(counted: ClauseCoverage) -> None:
    assess({"organization": {**ORGANIZATION, "status": "filed"}}, HARBOUR, "2024-06-01")
    assert marks(counted, "opening", "young") == had(false=True)
    assert marks(counted, "space", "young") == had(false=True, decisive=True)


def test_an_unknown_test_is_decisive_where_the_decision_waits_for_it(counted: ClauseCoverage) -> None:
    assess({"organization": {"division": "990101", "status": "filed", "payments": []}}, HARBOUR, DAY)
    assert marks(counted, "space", "young") == had(unknown=True, decisive=True)
    assert marks(counted, "opening", "young") == had(unknown=True)


def test_each_item_gives_its_mark(counted: ClauseCoverage) -> None:
    honours = [{"level": "市级"}, {"level": "区级"}, {}]
    assess({"organization": {**ORGANIZATION, "honours": honours}}, HARBOUR, DAY)
    assert marks(counted, "honour", "of_the_city") == had(true=True, false=True, unknown=True, decisive=True)


def test_what_no_case_can_leave_unknown_is_not_asked_for() -> None:
    rows = ClauseCoverage([load_pack("yangpu")]).rows()
    of_force = [r for r in rows if r.provision == "opening_subsidy" and r.name.startswith("in_force")]
    assert {tuple(r.marks) for r in of_force} == {("true", "false", "decisive")}


def test_another_pack_of_the_same_id_counts_nothing(counted: ClauseCoverage) -> None:
    other = HARBOUR.changed(parameters={"opening.ceiling": 7})
    assess({"organization": ORGANIZATION}, other, DAY)
    assert marks(counted, "opening", "young") == had()


def test_every_edition_counts_and_what_they_share_counts_once() -> None:
    amended = HARBOUR.amend("2024", "2024-01-01", parameters={"opening.ceiling": 1200})
    counting = ClauseCoverage([amended])
    assert {r.provision for r in counting.rows()} == {"opening", "opening (2020)", "honour", "space"}
    OBSERVERS.append(counting)
    try:
        assess({"organization": ORGANIZATION}, amended, DAY)
        assess({"organization": ORGANIZATION}, amended, "2024-03-01")
    finally:
        OBSERVERS.remove(counting)
    assert marks(counting, "opening (2020)", "young")["true"]
    assert marks(counting, "opening", "young")["true"]


def test_what_two_processes_have_counted_adds_up(counted: ClauseCoverage) -> None:
    assess({"organization": ORGANIZATION}, HARBOUR, DAY)
    above = ClauseCoverage()
    above.merge(r.to_dict() for r in counted.rows())
    above.merge(r.to_dict() for r in ClauseCoverage([HARBOUR]).rows())
    assert above.to_dict() == counted.to_dict()
