"""A case file that lives: every call says what changed, and the file holds the answer that asking anew would give."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from decided import NEW
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from random_packs import OWN
from test_properties import World, randoms
from toyland import PACK

from socorg_rules import CaseError, CaseFile, Change, assess
from socorg_rules.decision import Finding
from socorg_rules.expr import walk
from socorg_rules.facts import EntityType
from socorg_rules.plan import Plan
from socorg_rules.question import ENGINES, Question
from socorg_rules.words import Clock

DAY = "2022-03-01"
forward_only = pytest.mark.skipif(
    find_spec("durable_rules_engine") is None, reason="durable-rules is not installed here"
)
PASSED = {"year": 2020, "result": "合格"}


def opened(engine: str = "reference", **facts: object) -> CaseFile:
    given = {k: v for k, v in NEW.items() if k != "audits"}
    return CaseFile(PACK, {"guild": {**given, **facts}}, DAY, engine=engine)


def about(changes: tuple[Change, ...], provision: str = "opening_gift") -> Change:
    (found,) = (c for c in changes if c.provision == provision)
    return found


# ----------------------------------------------------------------------------------------------------- what changed


@pytest.mark.parametrize("engine", ["reference", pytest.param("forward", marks=forward_only)])
def test_a_newly_met_decision_is_told_with_the_fact_that_tipped_it_and_its_derivation(engine: str) -> None:
    file = opened(engine)
    assert file.answer["opening_gift"].missing == ("guild.audits",)
    change = about(file.learn("guild.audits", [PASSED]))
    assert change.kinds == ("newly_met",)
    assert (change.before["outcome"], change.after["outcome"]) == ("undetermined", "met")
    assert change.because == {"learned": "guild.audits", "before": None, "after": [PASSED]}
    assert change.after["payable"] == {"min": "0.00", "max": "10000.00", "per": "once"}
    (derivation,) = change.derivation["derivations"]
    assert derivation["outcome"] == "met"
    assert ("fired" in derivation) is (engine == "forward")


def test_an_item_of_an_unknown_collection_decides_nothing_that_another_could_turn() -> None:
    file = opened()
    change = about(file.learn("guild.audits", PASSED))
    assert (change.kinds, change.after["outcome"]) == (("changed_detail",), "undetermined")
    assert about(file.learn("guild.audits.complete", True)).kinds == ("newly_met",)


def test_a_decision_no_longer_met_says_what_it_became() -> None:
    file = opened(audits=[PASSED])
    change = about(file.learn("guild.founded_on", "2019-06-01"))
    assert change.kinds == ("no_longer_met", "newly_not_met")
    assert change.because == {"learned": "guild.founded_on", "before": "2020-06-01", "after": "2019-06-01"}


def test_a_withdrawn_fact_leaves_its_decision_undetermined() -> None:
    file = opened(audits=[PASSED])
    change = about(file.forget("guild.audits[0].result"))
    assert change.kinds == ("no_longer_met", "newly_undetermined")
    assert change.after["missing"] == ["guild.audits[0].result"]
    assert change.because == {"forgotten": "guild.audits[0].result", "before": "合格"}


def test_a_changed_amount_is_one_even_where_the_outcome_stays() -> None:
    file = opened(badges=[{"name": "甲", "grade": "铜"}])
    change = about(file.learn("guild.badges", {"name": "乙", "grade": "金"}), "rank_reward")
    assert change.kinds == ("changed_amount",)
    assert [change.before["payable"]["max"], change.after["payable"]["max"]] == ["1000.00", "3000.00"]


def test_what_changes_no_decision_changes_nothing() -> None:
    assert opened().learn("guild.name", "甲") == ()
    file = opened(capital=5)
    assert file.learn("guild.capital", "5.00") == ()


def test_days_that_pass_change_what_they_change_on_its_day() -> None:
    file = opened(audits=[PASSED])
    assert file.next_change is not None
    assert about(file.advance(str(file.answer["opening_gift"].next_change))).kinds == (
        "no_longer_met",
        "newly_not_met",
    )
    assert file.as_of == dt.date(2022, 6, 2)


def test_only_decisions_whose_day_has_come_or_that_may_meet_a_contradiction_are_made_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = opened(audits=[PASSED])
    day = file.next_change
    assert day is not None
    asked: list[str] = []
    decide = file._decided  # noqa: SLF001 - to see what is asked of it

    def noted(question: Question, plans: list[Plan]) -> dict[str, Finding]:
        asked.extend(p.provision.id for p in plans)
        return decide(question, plans)

    monkeypatch.setattr(file, "_decided", noted)
    plans = file._question.plans  # noqa: SLF001
    careful = {p.provision.id for p in plans if p.may_contradict(frozenset())}
    assert file.advance(day - dt.timedelta(days=1)) == ()
    assert {*asked} == careful < {p.provision.id for p in plans}
    asked.clear()
    changes = file.advance(day)
    assert changes
    assert {*asked} == careful | {c.provision for c in changes}


@pytest.mark.parametrize(
    ("to", "problem"),
    [("2022-02-28", "to: `2022-02-28` is before 2022-03-01"), ("2022-02-30", "to: `2022-02-30` is no day")],
)
def test_time_does_not_run_backwards_nor_through_days_that_there_are_not(to: str, problem: str) -> None:
    file = opened()
    with pytest.raises(CaseError) as error:
        file.advance(to)
    assert str(error.value).startswith(problem)
    assert file.as_of == dt.date(2022, 3, 1)


def test_a_fact_that_would_contradict_the_others_is_refused_and_leaves_the_file_as_it_was() -> None:
    file = opened(audits=[PASSED])
    before = file.answer.to_dict()
    with pytest.raises(CaseError, match="stands here and in"):
        file.learn("guild.audits", PASSED)
    assert file.answer.to_dict() == before
    assert about(file.learn("guild.founded_on", "2019-06-01")).kinds[0] == "no_longer_met"


# ------------------------------------------------------------------------------------------------ plain data, callbacks


@forward_only
def test_a_change_is_plain_data() -> None:
    change = about(opened("forward").learn("guild.audits", [PASSED]))
    plain = change.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert list(plain) == [
        *("provision", "title", "clause", "as_of", "kinds", "before", "after", "because", "next_change", "derivation")
    ]
    assert "derivation" not in change.to_dict(derivation=False)


def test_subscribers_hear_each_change_once_the_file_holds_it() -> None:
    file = opened()
    heard: list[tuple[Change, str]] = []
    end = file.subscribe(lambda c: heard.append((c, file.answer[c.provision].outcome.value)))
    changes = file.learn("guild.audits", [PASSED])
    assert [c for c, _ in heard] == list(changes)
    assert {c.provision: o for c, o in heard} == {c.provision: c.after["outcome"] for c in changes}
    end()
    file.forget("guild.audits")
    assert len(heard) == len(changes)


def test_a_file_goes_on_where_it_was_left() -> None:
    file, other = opened(), opened()
    kept = json.loads(json.dumps([file.case.to_dict(), file.decisions]))
    again = CaseFile(PACK, kept[0], DAY, engine="reference", decisions=kept[1])
    for one in (again, other):
        assert about(one.learn("guild.audits", [PASSED])).kinds == ("newly_met",)
    assert again.advance("2022-06-02")[0].to_dict() == other.advance("2022-06-02")[0].to_dict()
    assert again.answer.to_dict() == other.answer.to_dict()
    assert again.decisions == other.decisions


# ------------------------------------------------------------------------------------------------------- any order


class Task:
    """One thing to tell: of a collection its items one after the other, then, if so, that they are all."""

    def __init__(self, path: str, value: object, after: list[Task]) -> None:
        self.path, self.value, self.after = path, value, after


def tasks(kind: EntityType, entity: dict[str, Any], path: str, after: list[Task]) -> Iterator[Task]:
    """All that a case tells, as single facts."""
    for name, value in entity.items():
        here, fact = f"{path}.{name}", kind.facts.get(name)
        if fact is None:
            yield from (Task(f"{here}.{own}", told, after) for own, told in value.items())
        elif fact.of is None:
            yield Task(here, value, after)
        else:
            items, complete = (value["items"], False) if isinstance(value, dict) else (value, True)
            before = after  # an item comes behind those before it
            for number, one in enumerate(items):
                added = Task(here, {}, before)
                before = [added]
                yield added
                yield from tasks(fact.of, one, f"{here}[{number}]", [added])
            if not items:
                yield Task(here, value, after)
            elif complete:
                yield Task(f"{here}.complete", True, before)


ENDED: list[int] = []
"""How many facts were told in each run that could tell all of them."""


class Telling(RuleBasedStateMachine):
    """Facts told one by one in any order, corrected, withdrawn and told again, while days pass."""

    @initialize(rnd=randoms)
    def begin(self, rnd: Random) -> None:
        self.world = World(rnd, known=70)
        # What is calculated from the end of the year may change on any New Year's Day to 2999: looking takes long.
        nodes = (n for plan in self.world.pack.plans.values() for e in plan.exprs for n in walk(e))
        assume(not any(isinstance(n, Clock) and n.stands_alone for n in nodes))
        kind, source = self.world.kind, self.world.source[self.world.kind.name]
        declared = {name for own in self.world.pack.own for name in own.facts}
        own = {n: v for n, v in source.pop(OWN.pack, {}).items() if f"{OWN.pack}.{n}" in declared}
        source |= {OWN.pack: own} if own else {}
        self.world.readings = {n: a for n, a in self.world.readings.items() if n in self.world.pack.readings}
        self.todo = list(tasks(kind, source, kind.name, []))
        self.done: list[Task] = []
        engine = rnd.choice(list(ENGINES))
        self.file = CaseFile(self.world.pack, {kind.name: {}}, self.world.as_of, self.world.readings, engine)
        self.compare(self.answer(), ())

    def answer(self) -> dict[str, dict[str, Any]]:
        return {d["provision"]: d for d in self.file.answer.to_dict()["decisions"]}  # type: ignore[attr-defined]

    def compare(self, before: dict[str, dict[str, Any]], changes: tuple[Change, ...]) -> None:
        """The file holds what asking anew gives, and what has changed is what was told."""
        file, world = self.file, self.world
        assert file.due is None or file.due > file.as_of
        anew = assess(file.case, world.pack, file.as_of, world.readings)
        now = self.answer()
        assert file.answer.to_dict() == anew.to_dict()
        state = {n: {k: v for k, v in d.items() if k != "next_change"} for n, d in before.items()}
        changed = {n for n, d in now.items() if state[n] != {k: v for k, v in d.items() if k != "next_change"}}
        assert {c.provision for c in changes} >= changed
        assert [c.as_of for c in changes] == sorted(c.as_of for c in changes)
        for name in {c.provision for c in changes}:  # over several days it may change more than once, and back
            steps = [c for c in changes if c.provision == name]
            assert name in changed or len(steps) > 1
            assert steps[0].before.items() <= before[name].items()
            assert all(one.after == next_.before for one, next_ in pairwise(steps))
            assert steps[-1].after.items() <= now[name].items()
            assert steps[-1].next_change == now[name]["next_change"]
        days = [d["next_change"] for d in now.values() if d["next_change"]]
        assert file.next_change == (dt.date.fromisoformat(min(days)) if days else None)

    def tell(self, task: Task) -> bool:
        before = self.answer()
        try:
            changes = self.file.learn(task.path, task.value)
        except CaseError:  # for now it contradicts something
            self.compare(before, ())
            return False
        self.compare(before, changes)
        return True

    @property
    def ready(self) -> list[Task]:
        return [t for t in self.todo if all(a in self.done for a in t.after)]

    @precondition(lambda self: self.ready)
    @rule(data=st.data())
    def learn(self, data: st.DataObject) -> None:
        task = data.draw(st.sampled_from(self.ready))
        if self.tell(task):
            self.todo.remove(task)
            self.done.append(task)

    @precondition(lambda self: self.scalars)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        task = data.draw(st.sampled_from(self.scalars))
        before = self.answer()
        try:
            changes = self.file.forget(task.path)
        except CaseError:
            self.compare(before, ())
        else:
            self.compare(before, changes)
            self.done.remove(task)
            self.todo.append(task)

    @property
    def scalars(self) -> list[Task]:
        return [t for t in self.done if not isinstance(t.value, dict) and not t.path.endswith(".complete")]

    @rule(days=st.sampled_from((1, 30, 120)))
    def pass_days(self, days: int) -> None:
        before = self.answer()
        try:
            changes = self.file.advance(self.file.as_of + dt.timedelta(days=days))
        except CaseError:
            self.compare(before, ())
        else:
            self.compare(before, changes)

    def teardown(self) -> None:
        """Tell the rest; then it is as if all had been known at once."""
        if not hasattr(self, "file"):
            return
        while sum(self._told_now(t) for t in list(self.ready)):
            pass
        if not self.todo:
            world = self.world
            at_once = assess(world.source, world.pack, self.file.as_of, world.readings)
            assert self.file.answer.to_dict() == at_once.to_dict()
            ENDED.append(len(self.done))

    def _told_now(self, task: Task) -> bool:
        if not self.tell(task):
            return False
        self.todo.remove(task)
        self.done.append(task)
        return True


@forward_only
def test_learning_facts_one_by_one_in_any_order_ends_in_the_answer_of_knowing_them_at_once() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Telling,
        settings=settings(
            max_examples=30,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(ENDED) > 10
    assert max(ENDED) > 20
