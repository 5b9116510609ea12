"""The day of a witness: one near the dates of the rules, on which it needs no reading that another day does not."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from toyland import PACK, guild

from socorg_rules import Pack
from socorg_rules.case import read_case
from socorg_rules.change.looking import Looking, Texts
from socorg_rules.change.moving import nearer
from socorg_rules.change.own_facts import OwnOfBoth
from socorg_rules.change.settling import Patience
from socorg_rules.expr import Expr
from socorg_rules.provision import Support
from socorg_rules.reading import reading
from socorg_rules.words import AS_OF, THIS_YEAR, choose, day, year_of

END = reading(
    "plan_end", "何时止？", "Until when?", clause="十四", default="planned", because="试",
    planned=("期满", "the last day"), repealed=("废止", "until repealed"),
)  # fmt: skip
SIZE = reading(
    "feast_size", "多大？", "How large?", clause="十四", default="wide", because="试",
    wide=("宽", "wide"), narrow=("窄", "narrow"),
)  # fmt: skip
LAST = choose(END, planned=AS_OF <= day("2022-12-31"), repealed=AS_OF >= day("2020-01-01"))
LATE = dt.date(2029, 12, 29)


def feasting(narrow: Expr) -> Pack:
    when = choose(SIZE, wide=guild.is_small, narrow=narrow & (year_of(guild.founded_on) == THIS_YEAR))
    return PACK.changed(
        add=[Support("feast", "庆典", clause="十四", when=when, force=(AS_OF >= day("2020-01-01")) & LAST)]
    )


def looking(as_of: dt.date | None) -> Looking:
    packs = feasting(guild.members >= 10), feasting(guild.members >= 20)
    plans = packs[0].plans["feast"], packs[1].plans["feast"]
    taken = packs[0].default_readings, packs[1].default_readings
    return Looking(Texts(packs, plans, plans, taken, OwnOfBoth(*packs), as_of), Patience(1))


GUILD = {"status": "registered", "division": "77", "members": 15, "founded_on": "2029-02-01", "is_small": False}


@pytest.mark.parametrize("as_of", [None, LATE], ids=["any day", "that day"])
def test_a_case_of_the_solver_is_asked_on_a_day_on_which_it_needs_the_fewest_readings(as_of: dt.date | None) -> None:
    case = read_case({"guild": GUILD}, [PACK.plans["opening_gift"].root])
    (witness,) = looking(as_of).replayed(case, LATE, {"plan_end": "repealed", "feast_size": "narrow"})
    if as_of is None:
        assert witness.readings == {"feast_size": "narrow"}
        assert dt.date(2020, 1, 1) <= witness.as_of <= dt.date(2022, 12, 31)
    else:
        assert (witness.as_of, witness.readings.keys()) == (LATE, {"plan_end", "feast_size"})


def test_a_case_is_moved_with_all_that_it_tells_of_time() -> None:
    told = {
        "founded_on": "2028-02-29", "registered_in": "2028-02", "fair_years": [2027], "open_months": ["2028-01"],
        "members": 2028, "payments": [{"paid_on": "never"}], "audits": [{"year": 2027, "concluded_on": "2028-03-01"}],
    }  # fmt: skip
    case = read_case({"guild": told}, [PACK.plans["opening_gift"].root])
    made = [
        (on.isoformat(), attrs.evolve(case, record=record).to_dict()["guild"])
        for record, on in nearer(case.record, dt.date(2028, 6, 15), [dt.date(2022, 4, 15)], {})
    ]
    by_days = {
        **told, "founded_on": "2021-12-29", "registered_in": "2021-12", "fair_years": [2021],
        "open_months": ["2021-11"], "audits": [{"year": 2021, "concluded_on": "2021-12-30"}],
    }  # fmt: skip
    by_years = {
        **told, "founded_on": "2022-02-28", "registered_in": "2022-02", "fair_years": [2021],
        "open_months": ["2022-01"], "audits": [{"year": 2021, "concluded_on": "2022-03-01"}],
    }  # fmt: skip
    assert made == [("2022-04-15", told), ("2022-04-15", by_days), ("2022-06-15", by_years)]
