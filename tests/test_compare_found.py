"""What `compare` finds between two texts of Toyland: in which direction, by which case, and what it claims to know."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from jsonschema import Draft202012Validator
from toyland import MAY_LEND, PACK, guild, town

from socorg_rules import CaseError, Outcome, Pack, PackError, assess, compare
from socorg_rules.change import settling
from socorg_rules.change.comparison import Compared, Witness
from socorg_rules.change.order import Difference, Verdict
from socorg_rules.change.schema_comparison import comparison_schema
from socorg_rules.expr import ALWAYS, IMPOSSIBLE, any_of
from socorg_rules.provision import Duty, Sanction, Support, between
from socorg_rules.reading import reading
from socorg_rules.words import choose, day, yuan


def compared(new: Pack, provision: str, **more: Any) -> Compared:  # noqa: ANN401
    found = compare(PACK, new, **more)
    assert {c.provision for c in found.different} <= {provision}
    return found[provision]


def replaced(provision: str, **fields: Any) -> Pack:  # noqa: ANN401
    old = PACK.plans[provision].provision
    return PACK.changed(replace=[attrs.evolve(old, **fields)])


def replayed(witness: Witness, new: Pack) -> tuple[str, str]:
    """What the reference decides of a witness under both texts, asked through the front door."""
    name = witness.before.provision
    chosen = dict(witness.readings)
    said = []
    for pack in (PACK, new):
        decision = assess(witness.case.to_dict(), pack, witness.as_of, chosen, engine="reference")[name]
        said.append(decision.finding)
    assert [f.state() for f in said] == [witness.before.finding.state(), witness.after.finding.state()]
    return said[0].outcome.value, said[1].outcome.value


CHANGES: list[tuple[str, Callable[[], Pack], str, Verdict, set[Difference]]] = [
    ("a raised ceiling", lambda: PACK.changed(parameters={"opening_gift.ceiling": 20_000}), "opening_gift",
     Verdict.MORE_GENEROUS, {Difference.MORE}),
    ("a lowered ceiling", lambda: PACK.changed(parameters={"opening_gift.ceiling": 5_000}), "opening_gift",
     Verdict.STRICTER, {Difference.LESS}),
    ("a longer period", lambda: PACK.changed(parameters={"opening_gift.newly_founded.civil_code.years": 3}),
     "opening_gift", Verdict.MORE_GENEROUS, {Difference.GRANTED}),
    ("one condition more", lambda: replaced("flood_relief", when=guild.is_small & guild.is_honest), "flood_relief",
     Verdict.STRICTER, {Difference.REFUSED}),
    ("another condition", lambda: replaced("flood_relief", when=guild.is_honest), "flood_relief",
     Verdict.BOTH, {Difference.GRANTED, Difference.REFUSED}),
    ("a range that is moved in", lambda: replaced("town_fair", amount=between(yuan(150), yuan(250))), "town_fair",
     Verdict.AMOUNT, {Difference.OTHER_SUM}),
    ("a later day", lambda: PACK.changed(parameters={"badge_prize.when": day("2021-08-01")}), "badge_prize",
     Verdict.STRICTER, {Difference.REFUSED}),
    ("what is left to the authority", lambda: replaced("flood_relief", discretion="酌情"), "flood_relief",
     Verdict.STRICTER, {Difference.REFUSED}),
]  # fmt: skip


@pytest.mark.parametrize(("make", "name", "verdict", "kinds"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_a_change_is_found_with_its_direction_and_a_case_that_both_decide(
    make: Callable[[], Pack], name: str, verdict: Verdict, kinds: set[Difference]
) -> None:
    new = make()
    found = compared(new, name)
    assert (found.verdict, {w.kind for w in found.witnesses}) == (verdict, kinds)
    one_way = verdict in {Verdict.MORE_GENEROUS, Verdict.STRICTER}  # that there is no other is proved
    assert found.status == ("proved" if one_way else "searched")
    for witness in found.witnesses:
        assert Outcome.UNDETERMINED.value not in replayed(witness, new)
        assert set(witness.case.record.values) <= PACK.plans[name].facts | new.plans[name].facts


def test_the_witness_holds_no_fact_that_could_be_left_out() -> None:
    new = PACK.changed(parameters={"opening_gift.newly_founded.civil_code.years": 3})
    (witness,) = compared(new, "opening_gift").witnesses
    assert witness.case.to_dict()["guild"].keys() == {"status", "division", "founded_on", "audits", "payments"}  # type: ignore[attr-defined]


def test_of_a_sanction_the_order_is_turned_round() -> None:
    wider = Sanction("dissolution", "解散", clause="十", when=any_of(PACK.plans["dissolution"].when, guild.is_small))
    found = compared(PACK.changed(replace=[wider]), "dissolution")
    assert (found.verdict, {w.kind for w in found.witnesses}) == (Verdict.STRICTER, {Difference.REFUSED})


def test_a_provision_that_only_one_text_has_is_added_or_repealed_and_shown_by_a_case() -> None:
    feast = Support("feast", "庆典", clause="十四", when=guild.is_small)
    more = PACK.changed(add=[feast])
    added, repealed = compare(PACK, more)["feast"], compare(more, PACK)["feast"]
    assert (added.verdict, [w.kind for w in added.witnesses]) == (Verdict.ADDED, [Difference.GRANTED])
    assert (repealed.verdict, [w.kind for w in repealed.witnesses]) == (Verdict.REPEALED, [Difference.REFUSED])


def test_a_provision_about_another_entity_is_refused_with_both_and_the_remedy() -> None:
    feasts = (Support("feast", "庆典", clause="十四", when=when) for when in (guild.is_small, town.guild_count >= 1))
    old, new = (PACK.changed(add=[feast]) for feast in feasts)
    told = "feast: is about `guild` in the old text and about `town` in the new one, .* give the new one another id"
    with pytest.raises(PackError, match=told):
        compare(old, new)
    assert compare(old, new, leaving_out={"feast": ALWAYS}).different == ()


def test_words_make_no_difference_and_sameness_is_proved() -> None:
    new = PACK.changed(replace=[attrs.evolve(p, title="另名") for p in PACK.provisions])
    found = compare(PACK, new)
    assert {(c.verdict, c.status, c.how) for c in found.values()} == {(Verdict.SAME, "proved", "same_rules")}
    assert found.different == ()


def test_an_alternative_that_is_not_taken_is_found_under_the_reading_that_takes_it() -> None:
    old = PACK.plans["stall_space"].provision
    new = PACK.changed(replace=[attrs.evolve(old, discretion=choose(MAY_LEND, right=IMPOSSIBLE, favour=ALWAYS))])
    (witness,) = compared(new, "stall_space").witnesses
    assert witness.readings["may_lend"] == "favour"
    assert {*replayed(witness, new)} == {"met", "discretionary"}


def test_what_the_search_does_not_find_the_solver_proves_and_without_it_is_said_to_be_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    absorbed = replaced("flood_relief", when=guild.is_small & any_of(guild.is_small, guild.is_honest))
    proved = compared(absorbed, "flood_relief")
    assert (proved.verdict, proved.status) == (Verdict.SAME, "proved")
    assert "案例" in proved.how  # the bounds of the proof
    monkeypatch.setattr(settling, "installed", lambda: False)
    searched = compared(absorbed, "flood_relief")
    assert (searched.verdict, searched.status, searched.how) == (Verdict.SAME, "searched", "nothing_found")
    assert searched.looked_at > 0


def test_a_reading_is_asked_for_and_a_strange_one_refused() -> None:
    new = PACK.changed(parameters={"opening_gift.ceiling": 20_000})
    assert compared(new, "opening_gift", readings={"first_audit": "first_passed"}).witnesses
    with pytest.raises(CaseError, match="no such reading; did you mean `first_audit`"):
        compare(PACK, new, readings={"first_audits": "first_passed"})
    with pytest.raises(CaseError, match="is no day of the calendar"):
        compare(PACK, new, as_of="2022-02-30")


def test_a_reading_may_have_other_alternatives_where_another_provision_hangs_on_it() -> None:
    base = reading(
        "rent_base", "？", "?", clause="七", default="one", because="试", one=("一", "one"), two=("二", "two")
    )
    feast = Support("feast", "庆典", clause="七", when=choose(base, one=guild.is_small, two=guild.is_honest))
    users = [name for name, plan in PACK.plans.items() if "rent_base" in {r.name for r in plan.readings}]
    new = PACK.changed(repeal=dict.fromkeys(users, "停"), add=[feast])
    assert {c.provision: c.verdict for c in compare(PACK, new).different} == {
        **dict.fromkeys(users, Verdict.REPEALED),
        "feast": Verdict.ADDED,
    }


def test_on_a_day_only_the_editions_of_that_day_are_compared() -> None:
    later = PACK.amend("2022", "2022-05-01", parameters={"opening_gift.ceiling": 20_000})
    assert compare(PACK, later, as_of="2022-04-30").different == ()
    (found,) = compare(PACK, later, as_of="2022-05-01").different
    assert found.witnesses[0].as_of.isoformat() == "2022-05-01"
    assert [c.provision for c in compare(PACK, later).different] == ["opening_gift"]


def test_without_a_day_each_witness_lies_where_the_editions_that_it_shows_decide() -> None:
    later = PACK.amend("2022", "2022-05-01", parameters={"opening_gift.ceiling": 20_000})
    last = later.amend("2024", "2024-01-01", parameters={"opening_gift.ceiling": 5_000}, repeal={"stall_space": "停"})
    found = compare(PACK, last)
    assert [(str(s.first), str(s.last), [c.verdict for c in s.different]) for s in found.spans] == [
        ("None", "2022-04-30", []),
        ("2022-05-01", "2023-12-31", [Verdict.MORE_GENEROUS]),
        ("2024-01-01", "None", [Verdict.STRICTER, Verdict.REPEALED]),
    ]
    for span in found.spans:
        for witness in (w for c in span.different for w in c.witnesses):
            assert span.first is not None
            assert span.first <= witness.as_of <= (span.last or witness.as_of)
            assert witness.before.provision == "stall_space" or replayed(witness, last)
    assert (found["opening_gift"].verdict, len(found["opening_gift"].witnesses)) == (Verdict.BOTH, 2)
    assert (found["town_fair"].verdict, found["town_fair"].status) == (Verdict.SAME, "proved")


def test_a_witness_of_a_span_holds_nothing_of_its_being_looked_for_there() -> None:
    later = PACK.amend("2022", "2022-05-01", parameters={"opening_gift.ceiling": 20_000})
    (witness,) = compare(PACK, later)["opening_gift"].witnesses
    told = assess(witness.case.to_dict(), later, witness.as_of, engine="reference")["opening_gift"]
    assert witness.after.trace == told.trace


def test_days_without_force_differ_from_days_with_it() -> None:
    begun = attrs.evolve(PACK, since="2020-01-01")
    found = compare(PACK, begun)
    assert {c.verdict for c in found.spans[0].different} == {Verdict.STRICTER}
    assert found.spans[1].different == ()


def test_where_two_derivations_part_is_told_with_its_clause_and_both_sides() -> None:
    new = PACK.changed(parameters={"guildhall_standard.large_enough": 60})
    (witness,) = compared(new, "guildhall_standard").witnesses
    parting = witness.parting
    assert parting is not None
    assert (parting.clause, parting.role) == ("十一", "when")
    assert parting.old is not None
    assert parting.new is not None
    assert (parting.old["truth"], parting.new["truth"]) == (True, False)
    assert witness.case.to_dict()["guild"]["floor_area"] in range(50, 60)  # type: ignore[index]


def test_a_comparison_is_plain_data_of_its_published_form_and_text_in_two_languages(
    snapshot: Callable[[str, str], None],
) -> None:
    new = PACK.changed(
        parameters={"opening_gift.ceiling": 20_000, "guildhall_standard.large_enough": 60}, repeal={"stall_space": "停"}
    )
    found = compare(PACK, new)
    data = json.loads(json.dumps(found.to_dict()))
    assert not [e.message for e in Draft202012Validator(comparison_schema()).iter_errors(data)]
    snapshot("compare-toyland.txt", found.explain())
    snapshot("compare-toyland-en.md", found.explain("en", "markdown"))
    assert found.explain(form="html").startswith("<!DOCTYPE html>")
    assert "开业礼金" in found._repr_html_()


def test_what_differs_in_a_detail_alone_is_shown_before_and_after() -> None:
    duty = PACK.plans["audit_duty"].provision
    assert isinstance(duty, Duty)
    found = compare(PACK, PACK.changed(replace=[attrs.evolve(duty, who="行会之家")]))
    assert found["audit_duty"].verdict is Verdict.DETAIL
    (row,) = [line.split() for line in found.explain().splitlines() if "责任主体" in line]
    assert row == ["责任主体", duty.who, "行会之家"]
