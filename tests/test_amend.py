"""Amending a pack: what is replaced, added, repealed and settled, and what is wrong with an amendment."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest
from toyland import PACK, guild

from socorg_rules import PackError
from socorg_rules.pack import Clause
from socorg_rules.provision import Support
from socorg_rules.words import yuan


def test_a_pack_that_is_changed_stays_as_it_was() -> None:
    before = PACK.content_hash
    changed = PACK.changed(parameters={"opening_gift.ceiling": yuan(5)})
    assert PACK.content_hash == before != changed.content_hash
    assert changed.edition == PACK.edition


def test_what_is_not_changed_is_shared() -> None:
    changed = PACK.changed(parameters={"opening_gift.ceiling": 5})
    assert changed.plans["rent_help"].provision is PACK.plans["rent_help"].provision
    assert changed.plans["opening_gift"].when is PACK.plans["opening_gift"].when


def test_what_a_pack_has_worked_out_cannot_be_written() -> None:
    for held in (PACK.plans, PACK.readings, PACK.parameters, PACK.default_readings):
        with pytest.raises(TypeError):
            held["another"] = None  # type: ignore[index]
        assert not hasattr(held, "pop")


def test_a_repealed_provision_leaves_its_clause_with_the_reason() -> None:
    changed = PACK.changed(repeal={"registration": "改由总会登记"})
    (row,) = (c for c in changed.coverage if c.clause == "九")
    assert (row.status, row.note) == ("none", "改由总会登记")


def test_a_clause_that_another_provision_still_encodes_stays_encoded() -> None:
    changed = PACK.changed(repeal={"town_fair": "停办"})
    (row,) = (c for c in changed.coverage if c.clause == "十二")
    assert (row.status, row.provisions) == ("encoded", ("town_guilds", "town_granary"))


def test_replaced_and_added_provisions_keep_and_extend_the_order() -> None:
    gift = Support("opening_gift", "礼物", clause="一", when=guild.is_small)
    feast = Support("feast", "庆典", clause="十四", when=guild.is_small)
    changed = PACK.changed(replace=[gift], add=[feast])
    assert list(changed.plans) == [*PACK.plans, "feast"]
    assert changed.plans["opening_gift"].provision is gift


def test_a_settled_reading_says_why() -> None:
    settled = PACK.readings["rent_base"].settled("total", "答复函写明合计")
    changed = PACK.changed(readings=[settled])
    assert changed.default_readings["rent_base"] == "total"
    assert changed.readings["rent_base"].because == "答复函写明合计"
    with pytest.raises(PackError, match="`al` is no alternative"):
        settled.settled("al", "x")


def test_the_whole_source_may_be_another() -> None:
    source = attrs.evolve(PACK.source, clauses=(*PACK.source.clauses, Clause("十六", "附则", none="施行日期")))
    assert PACK.changed(source=source).coverage[-1].clause == "十六"


def test_every_mistake_of_an_amendment_is_told_at_once() -> None:
    strange = attrs.evolve(PACK.readings["rent_base"], name="rent_bas")
    other = attrs.evolve(
        PACK.readings["may_lend"], alternatives={"right": PACK.readings["may_lend"].alternatives["right"]}
    )
    with pytest.raises(PackError) as raised:
        PACK.changed(
            parameters={"opening_gift.cieling": 5, "town_fair.floor": 5, "rent_help.share": "half"},  # type: ignore[dict-item]
            replace=[Support("feast", "庆典", clause="十四", when=guild.is_small), PACK.provisions[0]],
            add=[PACK.provisions[1]],
            repeal={"town_fair": "停办", "opening_gift": "停办", "town_fare": "停办"},
            readings=[strange, other],
        )
    assert [str(p) for p in raised.value.problems] == [
        "toyland.feast: there is no such provision to replace",
        "toyland.town_fare: there is no such provision to repeal; did you mean `town_fair` or `town_granary`?",
        "toyland.badge_prize: is there already and cannot be added; write it under `replace=`",
        "toyland.opening_gift: is both replaced and repealed; write one of the two",
        "toyland.opening_gift.cieling: there is no such parameter; did you mean `opening_gift.ceiling`?",
        "toyland.town_fair.floor: belongs to a provision that is replaced or repealed; write it there",
        "toyland.rent_help.share: `half` does not fit; it takes an exact number, and is 3/10 now",
        "toyland.rent_bas: no such reading; did you mean `rent_base`?",
        "toyland.may_lend: has other alternatives than before; replace the provisions that choose by it",
    ]


def test_a_word_that_is_no_part_of_a_pack_is_told_with_the_nearest() -> None:
    with pytest.raises(PackError, match=r"toyland\.parameter: is no part of a pack; did you mean `parameters`"):
        PACK.changed(parameter={"opening_gift.ceiling": 5})  # type: ignore[call-arg]


def test_changes_that_are_not_written_as_such_are_told_all_at_once() -> None:
    with pytest.raises(PackError) as raised:
        PACK.changed(
            parameters=[5],  # type: ignore[typeddict-item]
            replace=PACK.provisions[0],  # type: ignore[typeddict-item]
            add=["feast"],  # type: ignore[list-item]
            repeal=["town_fair"],  # type: ignore[typeddict-item]
            readings=["rent_base"],  # type: ignore[list-item]
        )
    assert [str(p) for p in raised.value.problems] == [
        "toyland.parameters: `[5]` is no mapping; write `{…}`, each address with its new value",
        "toyland.repeal: `['town_fair']` is no mapping; write `{…}`, each id with the reason",
        f"toyland.replace: `{PACK.provisions[0].id}` is none; write a list of provisions",
        "toyland.add: `'feast'` is none; write a list of provisions",
        "toyland.readings: `'rent_base'` is none; write a list of readings",
    ]


def test_a_repeal_says_why() -> None:
    with pytest.raises(PackError, match=r"toyland\.town_fair: `repeal` says not why; write the reason, not `''`"):
        PACK.changed(repeal={"town_fair": ""})


def test_a_float_is_refused_with_the_exact_way_to_write_it() -> None:
    with pytest.raises(PackError, match=r'write `Decimal\("2\.5"\)`, which is exact'):
        PACK.changed(parameters={"opening_gift.ceiling": 2.5})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("address", "given", "told"),
    [
        (
            "opening_gift.ceiling",
            "abc",
            "`abc` does not fit; it takes yuan of 0 or more, with at most two places, and is",
        ),
        ("opening_gift.ceiling", Decimal("NaN"), "`NaN` does not fit; it takes yuan"),
        ("opening_gift.ceiling", Decimal("Infinity"), "`Infinity` does not fit; it takes yuan"),
        ("apprentice_wage.limit", 1.5, "`1.5` does not fit; it takes a whole number of 0 or more, and is"),
        ("badge_prize.when", 5, "`5` does not fit; it takes a day of the calendar, and is 2021-07-01 now"),
    ],
)
def test_a_value_that_does_not_fit_is_told_in_words(address: str, given: object, told: str) -> None:
    with pytest.raises(PackError) as raised:
        PACK.changed(parameters={address: given})  # type: ignore[dict-item]
    assert str(raised.value).startswith(f"toyland.{address}: {told}")


def test_an_edition_is_called_by_a_text_and_its_lapses_are_a_list() -> None:
    with pytest.raises(PackError) as raised:
        PACK.amend("", "2025-01-01", lapses=3)  # type: ignore[arg-type]
    assert [str(p) for p in raised.value.problems] == [
        "toyland.edition: `''` is no name of an edition; write a text",
        "toyland.lapses: `3` is no list of lapses; write `[…]`",
    ]
    with pytest.raises(PackError, match=r"`'2025-01-01'` is no day; give a `datetime.date`"):
        PACK.on("2025-01-01")  # type: ignore[arg-type]


def test_a_title_source_or_force_that_is_none_is_told_and_not_passed_over() -> None:
    with pytest.raises(PackError) as raised:
        PACK.amend("2025", "2025-01-01", title=" ", source=3, force=None)  # type: ignore[typeddict-item]
    kept = "out, and it stays as it is"
    assert [str(p) for p in raised.value.problems] == [
        f"toyland.title: `' '` is none; write a text, or leave `title` {kept}",
        f"toyland.source: `3` is none; write `Source(…)`, or leave `source` {kept}",
        f"toyland.force: `None` is none; write a test, `ALWAYS` for one that always holds, or leave `force` {kept}",
    ]


def test_a_reach_of_nothing_is_taken_at_its_word() -> None:
    with pytest.raises(PackError, match=r"toyland\.town_fair: has no test of reach: the pack has none for town"):
        PACK.changed(reach=())


def test_a_change_that_makes_the_pack_wrong_is_refused_as_a_wrong_pack() -> None:
    with pytest.raises(PackError, match=r"grants 800\.00 to 100\.00 yuan; write the smaller sum first"):
        PACK.changed(parameters={"apprentice_wage.ceiling": 100})
