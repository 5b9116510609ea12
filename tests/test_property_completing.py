"""What properties say of sums is said of cases in full, in which a decision misses nothing, and which replay."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import yaml

from socorg_rules import assess
from socorg_rules.calendar import years
from socorg_rules.expr import all_of
from socorg_rules.facts import choice, count, date, money, own_facts, yes_no
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.properties import capped, monotone, no_cliff, once_is_once, since, steady_between
from socorg_rules.provision import ONCE, ONCE_PER_ITEM, Grant, exactly, up_to
from socorg_rules.refs import root
from socorg_rules.vocabulary import Organization
from socorg_rules.words import AS_OF, after, condition, day, if_else, share_of, table, yuan

organization = root(Organization)
FERRY = own_facts(
    "ferry",
    Organization,
    crossings=count("班次", "班"),
    size=choice("规模", {"s": "小", "m": "中", "l": "大"}),
    spent=money("支出"),
    extra=yes_no("加班"),
    more=yes_no("更多"),
    began=date("开始"),
)
own, venture = organization.own(FERRY), organization.ventures.each
both = all_of(own.extra, own.more)
up, down = ({"s": yuan(a), "m": yuan(20), "l": yuan(b)} for a, b in ((10, 30), (30, 10)))


def grant(name: str, amount: Any, when: Any = None, **more: Any) -> Grant:  # noqa: ANN401 - as `Grant` takes them
    terms = more.pop("terms", ONCE)
    return Grant(name, "渡船补贴", clause="一", when=own.crossings >= 4 if when is None else when, amount=amount,
                 terms=terms, **more)  # fmt: skip


PACK = Pack(
    "ferry", "渡口办法", "2024", Source("渡口办法", "渡口区", "", "2024-01-01", (Clause("一", "渡船补贴"),)),
    (
        grant("either", exactly(if_else(own.size == "l", yuan(300), yuan(0)) +
                                if_else(own.size == "s", yuan(300), yuan(0)))),
        grant("level", exactly(if_else(own.size == "s", if_else(own.extra, yuan(200), yuan(0)) +
                                       if_else(own.extra, yuan(0), yuan(200)), yuan(300)))),
        grant("spending", exactly(own.spent)),
        grant("half", up_to(share_of(Fraction(1, 2), own.spent))),
        grant("ventures", up_to(venture.amount), venture.is_selected, each=venture, terms=ONCE_PER_ITEM),
        grant("rare", exactly(if_else(all_of(own.size == "l", both), yuan(900), yuan(500)))),
        grant("crossed", exactly(if_else(both, table(own.size, down), table(own.size, up)))),
        grant("leap", exactly(if_else(all_of(both, own.crossings >= 100), yuan(5000), yuan(100)))),
        grant("cut", exactly(if_else(all_of(both, AS_OF >= day("2025-03-17")), yuan(50), yuan(100))),
              all_of(own.crossings >= 4, AS_OF <= after(own.began, years(2)))),
        grant("sized", exactly(table(own.size, up)), organization.status == "registered"),
        grant("summed", exactly(organization.ventures.sum(lambda v: v.amount)), organization.status == "registered"),
    ),
    reach=(organization.status == "registered",),
    force=condition("in_force", "施行", AS_OF >= day("2024-01-01"), clause="一"),
    own=(FERRY,),
)  # fmt: skip
SIZES = ["s", "m", "l"]
BEGUN = since("organization.ferry.began", years(2))

HOLDS: dict[str, Callable[[], None]] = {
    "no complete case has both sums": lambda: capped(PACK, "either", 300),
    "one fact decides both parts of a sum": lambda: monotone(PACK, "level", "organization.ferry.size", ["s", "m"]),
    "a sum that is what was spent": lambda: once_is_once(PACK, "spending"),
    "a share of what was spent": lambda: once_is_once(PACK, "half"),
    "what each item costs": lambda: once_is_once(PACK, "ventures"),
    "a fact of the pack's own that no outcome hangs on": lambda: monotone(
        PACK, "sized", "organization.ferry.size", SIZES
    ),
    "items that no outcome hangs on": lambda: no_cliff(PACK, "summed", "organization.ventures.amount", 100, 100),
}


@pytest.mark.parametrize("call", HOLDS.values(), ids=HOLDS.keys())
def test_what_holds_of_every_complete_case_is_no_false_alarm_and_is_tried(call: Callable[[], None]) -> None:
    call()


FAILS: dict[str, tuple[str, Callable[[], None], str]] = {
    "a cap that three facts together break": ("rare", lambda: capped(PACK, "rare", 899), "900.00"),
    "a sum without bound": ("half", lambda: capped(PACK, "half", 10**8), "0.00"),
    "a better size that pays less to some": (
        "crossed", lambda: monotone(PACK, "crossed", "organization.ferry.size", SIZES), "20.00"
    ),
    "a cliff for some": (
        "leap", lambda: no_cliff(PACK, "leap", "organization.ferry.crossings", 1, 200), "5000.00"
    ),
    "a cut for some": (
        "cut", lambda: steady_between(PACK, "cut", "2024-01-01", "2030-01-01", [BEGUN]), "50.00"
    ),
    "a cliff of what items cost": (
        "summed", lambda: no_cliff(PACK, "summed", "organization.ventures.amount", 100, 99), "entitlement"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("provision", "call", "told"), FAILS.values(), ids=FAILS.keys())
def test_a_counterexample_misses_no_fact_and_replays(provision: str, call: Callable[[], None], told: str) -> None:
    with pytest.raises(AssertionError) as error:
        call()
    message = str(error.value)
    head, _, case = message.partition("\ncase:\n")
    (as_of,) = (line.removeprefix("as_of: ") for line in head.splitlines() if line.startswith("as_of: "))
    decision = assess(yaml.safe_load(f"case:\n{case}")["case"], PACK, as_of)[provision]
    assert not decision.missing
    assert "missing" not in head
    last = [line for line in head.splitlines() if "entitlement" in line][-1]
    assert told in last
    assert f"{decision.entitlement and decision.entitlement.max}" in last
