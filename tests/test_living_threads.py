"""A case file in company: several threads, subscribers that fail, and days that pass one after the other."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from decided import NEW
from toyland import PACK

from socorg_rules import CaseError, CaseFile, Change
from socorg_rules.living import SubscriberErrors

DAY = "2022-03-01"


def opened(day: str = DAY, **facts: object) -> CaseFile:
    return CaseFile(PACK, {"guild": {**NEW, **facts}}, day, engine="reference")


def test_what_several_threads_tell_is_all_there() -> None:
    file, times = opened(audits=[]), 15
    start = Barrier(3)

    def tell(*facts: tuple[str, object]) -> None:
        start.wait()
        for path, value in facts:
            file.learn(path, value)

    told = (
        [("guild.capital", n) for n in range(times)],
        [("guild.name", f"n{n}") for n in range(times)],
        [("guild.audits", {"year": 2000 + n}) for n in range(times)],
    )
    threads = [Thread(target=tell, args=facts) for facts in told]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    guild = file.case.to_dict()["guild"]
    assert isinstance(guild, dict)
    assert (guild["capital"], guild["name"], len(guild["audits"])) == (f"{times - 1}.00", f"n{times - 1}", times)
    anew = CaseFile(PACK, file.case.to_dict(), DAY, engine="reference")
    assert file.answer.to_dict() == anew.answer.to_dict()


def test_every_subscriber_is_called_and_the_call_says_what_changed_where_some_raise() -> None:
    file, other = opened(), opened()
    heard: list[Change] = []

    def failing(change: Change) -> None:
        raise RuntimeError(change.provision)

    end = file.subscribe(failing)
    file.subscribe(heard.append)
    with pytest.raises(SubscriberErrors) as error:
        file.learn("guild.status", "dissolved")
    expected = [c.provision for c in other.learn("guild.status", "dissolved")]
    assert [c.provision for c in heard] == [c.provision for c in error.value.changes] == expected
    assert [str(e) for e in error.value.exceptions] == expected
    assert file.answer.to_dict() == other.answer.to_dict()
    for _ in range(2):
        end()
    assert file.learn("guild.status", "registered") == tuple(heard[len(expected) :])


def test_an_end_ends_one_subscription_even_where_the_callback_has_two() -> None:
    file = opened()
    heard: list[Change] = []
    end = file.subscribe(heard.append)
    file.subscribe(heard.append)
    end()
    end()
    changes = file.learn("guild.status", "dissolved")
    assert tuple(heard) == changes != ()


def test_what_comes_and_goes_between_two_days_is_told_twice_each_on_its_day() -> None:
    audits = [{"year": 2021, "result": "合格", "concluded_on": "2022-05-01"}]
    file, daily = opened(audits=audits), opened(audits=audits)
    changes = file.advance("2025-01-01")
    assert [(c.as_of, c.kinds, c.because) for c in changes if c.provision == "opening_gift"] == [
        ("2022-05-01", ("newly_met",), {"advanced": "2022-05-01", "from": DAY}),
        ("2022-06-02", ("no_longer_met", "newly_not_met"), {"advanced": "2022-06-02", "from": DAY}),
    ]
    told: list[Change] = []
    while (day := daily.due) is not None and day.isoformat() <= "2025-01-01":
        told += daily.advance(day)
    told += daily.advance("2025-01-01")
    assert [(c.as_of, c.provision, c.before, c.after) for c in changes] == [
        (c.as_of, c.provision, c.before, c.after) for c in told
    ]
    assert file.decisions == daily.decisions
    assert file.answer.to_dict() == daily.answer.to_dict()


def test_days_that_end_in_a_contradiction_do_not_pass_at_all() -> None:
    twice = [{"year": 2021, "result": r, "concluded_on": f"2023-0{m}-01"} for m, r in ((1, "合格"), (2, "不合格"))]
    file = opened(founded_on="2022-06-01", audits=twice)
    before = file.as_of, file.case.to_dict(), file.decisions, file.answer.to_dict()
    heard: list[Change] = []
    file.subscribe(heard.append)
    with pytest.raises(CaseError):
        file.advance("2025-01-01")
    assert (file.as_of, file.case.to_dict(), file.decisions, file.answer.to_dict()) == before
    assert heard == []
