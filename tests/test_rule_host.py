"""durable-rules as it is driven here: none of what makes it crash, hang or answer wrongly can reach it."""

from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from toyland import PACK, guild

from socorg_rules import CaseError, CaseFile, assess
from socorg_rules.expr import Expr, all_of, any_of
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import Qualification
from socorg_rules.words import condition

pytest.importorskip("durable_rules_engine", reason="durable-rules is not installed here")

from socorg_rules.engines import rule_host
from socorg_rules.engines.horn import Literal, Rule, RuleSet
from socorg_rules.engines.rule_host import LOCK, EngineFailure, RuleHost

NEW = {"guild": {"division": "770105", "status": "registered", "founded_on": "2020-06-01", "members": 3}}


class Spy:
    """Stands before the extension module, counts live sessions and writes down all that is said to it."""

    def __init__(self, real: object) -> None:
        self._real = real
        self.said: list[tuple[str, tuple[object, ...]]] = []
        self.live: dict[object, int] = {}
        self.most = 0

    def __getattr__(self, name: str) -> object:
        if name == "error":
            return self._real.error  # type: ignore[attr-defined]

        def call(*args: object) -> object:
            self.said.append((name, args))
            if name == "assert_fact" and '"o":1' in str(args[1]):
                self.live[args[0]] = self.live.get(args[0], 0) + 1
                self.most = max(self.most, self.live[args[0]])
            if name == "delete_state":
                self.live[args[0]] -= 1
            return getattr(self._real, name)(*args)

        return call

    def open(self) -> int:
        return sum(self.live.values())


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Spy]:
    made = Spy(rule_host.rete)
    monkeypatch.setattr(rule_host, "rete", made)
    yield made
    assert made.open() == 0, "a session was left behind"


def pack_of(when: Expr) -> Pack:
    source = Source("试", "某", "1", "2021-01-01", (Clause("一", "甲"),))
    listed = Qualification("listed", "名册", clause="一", when=when)
    return Pack("test", "试", "1", source, (listed,), reach=(guild.division.within("77"),))


def outcome(when: Expr, **facts: object) -> str:
    case = {"guild": {"division": "7701", **facts}}
    pack = pack_of(when)
    found = assess(case, pack, "2022-03-01", engine="forward")["listed"]
    assert found.to_dict() == assess(case, pack, "2022-03-01")["listed"].to_dict()
    return found.outcome.value


# ------------------------------------------------------------------------------------------------- the dangers


def test_no_thread_is_started() -> None:
    before = threading.active_count()
    assess(NEW, PACK, "2022-03-01", engine="forward")
    assert threading.active_count() == before
    assert "durable.engine" not in sys.modules  # its host has the timers


def test_every_session_begins_with_a_rule_that_fires_and_is_deleted(spy: Spy) -> None:
    assess(NEW, pack_of(guild.is_small), "2022-03-01", engine="forward")  # nothing of it is known
    begun = [i for i, (name, _) in enumerate(spy.said) if name == "assert_fact"]
    assert json.loads(str(spy.said[begun[0]][1][1])) == {"id": "o", "sid": "1", "o": 1}
    assert [name for name, _ in spy.said[begun[0] + 1 : begun[0] + 3]] == [
        "start_action_for_state",
        "complete_and_start_action",
    ]


def test_thousands_of_items_are_one_session_after_the_other(spy: Spy) -> None:
    badges = [{"name": f"章{n}", "grade": "金", "awarded_on": "2021-08-01"} for n in range(1100)]
    found = assess({"guild": {**NEW["guild"], "badges": badges}}, PACK, "2022-03-01", engine="forward")
    assert len(found["badge_prize"].items or ()) == 1100
    assert spy.most == 1


def test_only_symbols_that_are_zero_or_one_are_said(spy: Spy) -> None:
    """No text of a case, no pattern, sum, date or float reaches it, whatever the case and the pack hold."""
    odd = '$not {"$or": [1e20]} .* \\u0000'
    facts = {**NEW["guild"], "name": odd, "craft": odd, "capital": "999999999999999.99", "donation_share": "0.0000001"}
    facts |= {"badges": [{"id": odd, "name": odd}], "payments": []}
    assess({"guild": facts}, PACK, "2022-03-01", engine="forward")
    for name, args in spy.said:
        assert name in {
            *("create_ruleset", "assert_fact", "start_action_for_state", "complete_and_start_action"),
            *("delete_state", "delete_ruleset"),
        }
        if name == "assert_fact":
            assert re.fullmatch(r'\{"id":"(n\d+|o)","sid":"1","\1":[01]\}', str(args[1])), args
        if name == "create_ruleset":
            for rule in json.loads(str(args[1])).values():
                assert list(rule) == ["all"]
                for number, part in enumerate(rule["all"]):
                    ((key, test),) = part.items()
                    assert key in {"m", f"m_{number}"}
                    assert all(re.fullmatch(r"n\d+|o", s) and v in {0, 1} for s, v in test.items())
                    assert len(test) == 1


def test_equal_parts_of_a_test_fire() -> None:
    assert outcome(all_of(guild.is_small, guild.is_small), is_small=True) == "met"
    assert outcome(any_of(guild.is_small, guild.is_small), is_small=False) == "not_met"


def test_a_test_with_its_contrary_is_refuted() -> None:
    assert outcome(guild.is_small & ~guild.is_small, is_small=True) == "not_met"
    assert outcome(guild.is_small & ~guild.is_small) == "undetermined"


@pytest.mark.parametrize("width", [17, 64, 65, 300, 600])
def test_more_joined_facts_than_it_bears_are_nested(width: int) -> None:
    tests = [guild.members >= n for n in range(width)]
    assert outcome(all_of(*tests), members=width) == "met"
    assert outcome(all_of(*tests), members=width - 2) == "not_met"
    assert outcome(any_of(*tests), members=0) == "met"


def test_a_condition_shared_by_more_rules_than_it_bears_fires_in_all_of_them() -> None:
    shared = condition("shared", "共用", guild.is_small)
    ways = any_of(*(all_of(shared, guild.members == n) for n in range(300)))
    assert outcome(ways, is_small=True, members=299) == "met"
    assert outcome(ways, is_small=False, members=299) == "not_met"


def test_more_conditions_than_its_table_holds_are_several_rule_sets() -> None:
    ways = all_of(*(any_of(guild.members == n, guild.members != n) for n in range(600)))
    assert outcome(ways, members=5) == "met"


def test_a_fact_that_no_rule_reads_is_not_asserted() -> None:
    host = RuleHost([RuleSet((Rule(Literal("n2", True), (Literal("n1", True),)),))])
    host.begin()
    host.tell("n1", truth=False)  # no rule reads that it is refuted
    host.tell("n9", truth=True)
    assert host.noted == {"n1": (False, None), "n9": (True, None)}
    host.end()
    host.begin()
    host.tell("n1", truth=True)
    assert host.noted["n2"][0] is True
    host.end()
    host.free()


def test_a_symbol_that_several_rules_come_to_is_noted_once_with_the_first() -> None:
    first, second = (Rule(Literal("n3", True), (Literal(s, True),)) for s in ("n1", "n2"))
    host = RuleHost([RuleSet((first, second))])
    host.begin()
    host.tell("n1", truth=True)
    host.tell("n2", truth=True)
    assert list(host.noted.items()) == [("n1", (True, None)), ("n3", (True, first)), ("n2", (True, None))]
    host.end()
    host.free()


def test_nothing_of_one_case_is_left_for_the_next(spy: Spy) -> None:
    """It does not take back what a withdrawn fact had proved; so nothing is ever retracted."""
    pack = pack_of(guild.is_small)
    for known, expected in ((True, "met"), (None, "undetermined"), (False, "not_met"), (None, "undetermined")):
        case = {"guild": {"division": "7701", **({} if known is None else {"is_small": known})}}
        assert assess(case, pack, "2022-03-01", engine="forward")["listed"].outcome == expected
    assert not [name for name, _ in spy.said if "retract" in name]


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, EngineFailure])
def test_what_interrupts_a_case_is_told_and_leaves_nothing_behind(
    spy: Spy, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    noted = RuleHost._note  # noqa: SLF001

    def interrupted(self: RuleHost, head: Literal, rule: Rule | None) -> None:
        if rule is not None:
            raise error
        noted(self, head, rule)

    with monkeypatch.context() as patched:
        patched.setattr(RuleHost, "_note", interrupted)
        with pytest.raises(error):
            assess(NEW, PACK, "2022-03-01", engine="forward")
    assert spy.open() == 0
    again = assess(NEW, PACK, "2022-03-01", engine="forward").to_dict()
    assert again == assess(NEW, PACK, "2022-03-01").to_dict()


def test_a_derivation_that_does_not_hold_against_the_reference_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else makes it lose a fact (the clock, its own mistakes) cannot become a wrong answer."""
    asserted = RuleHost._assert  # noqa: SLF001
    monkeypatch.setattr(RuleHost, "_assert", lambda s, n, fact: asserted(s, n, fact) if fact.symbol == "o" else None)
    with pytest.raises(EngineFailure, match="came to None where the reference comes to"):
        assess(NEW, PACK, "2022-03-01", engine="forward")


def test_rule_sets_are_freed_with_their_pack(spy: Spy) -> None:
    gc.collect()  # what earlier tests left behind is freed before anything is counted
    spy.said.clear()
    assess({"guild": {"division": "7701"}}, pack_of(guild.is_small & guild.is_honest), "2022-03-01", engine="forward")
    gc.collect()
    made = [name for name, _ in spy.said if name == "create_ruleset"]
    freed = [name for name, _ in spy.said if name == "delete_ruleset"]
    assert len(made) == len(freed) == 1


def test_two_threads_at_once_get_the_answers_of_one() -> None:
    cases = [{"guild": {**NEW["guild"], "members": n, "is_small": n % 2 == 0}} for n in range(40)]
    alone = [assess(c, PACK, "2022-03-01").to_dict() for c in cases]
    found: dict[int, list[object]] = {}

    def decide(number: int) -> None:
        found[number] = [assess(c, PACK, "2022-03-01", engine="forward").to_dict() for c in cases]

    threads = [threading.Thread(target=decide, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {0: alone, 1: alone}
    assert LOCK.acquire(blocking=False)
    LOCK.release()


# ------------------------------------------------------------------------------------------- where it cannot be


def test_without_durable_rules_a_clear_error_says_so_and_everything_else_works() -> None:
    code = """
import sys
sys.modules["durable_rules_engine"] = None
from socorg_rules import CaseError, CaseFile, assess
case = "examples/yangpu-new-organization.json"
for ask in (lambda: assess(case, "yangpu", engine="forward"), lambda: CaseFile("yangpu", case)):
    try:
        ask()
    except CaseError as error:
        print(error)
print(assess(case, "yangpu", "2023-06-01").met[0].provision)
print(len(CaseFile("yangpu", case, "2023-06-01", engine="reference").forget("organization.assessments")))
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    *told, met, changes = done.stdout.splitlines()
    assert told[0] == told[1]
    assert re.fullmatch(
        r"engine: `forward` cannot be used here \(.*durable_rules_engine.*\); install `socorg-rules\[forward\]`, "
        r"which needs a C compiler and a Python before 3\.13",
        told[0],
    )
    assert (met, int(changes) > 0) == ("opening_subsidy", True)


def test_an_engine_that_there_is_not_is_a_problem_among_the_others() -> None:
    with pytest.raises(CaseError) as error:
        assess({"guild": {"division": 7}}, PACK, "2022-02-30", engine="forwrad")
    assert [p.path for p in error.value.problems] == ["as_of", "engine", "guild.division"]
    with pytest.raises(CaseError, match="did you mean `forward`"):
        CaseFile(PACK, {"guild": {}}, "2022-03-01", engine="forwrad")
