"""Readings that two texts have with other alternatives: a case is put to both under those that both have."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs
import pytest
from toyland import PACK, guild

from socorg_rules import Pack, assess, compare
from socorg_rules.change import settling
from socorg_rules.change.comparison import Compared
from socorg_rules.change.order import Verdict
from socorg_rules.change.shared_readings import Apart
from socorg_rules.expr import Expr
from socorg_rules.provision import Support
from socorg_rules.reading import reading
from socorg_rules.words import choose, text_gap, untested

MANY, MORE = guild.members >= 10, guild.members >= 20
WORDS = {"wide": ("宽", "wide"), "narrow": ("窄", "narrow"), "loose": ("松", "loose"), "tight": ("紧", "tight")}


def held(taken: str | None, name: str = "feast_size", **alternatives: Expr) -> Expr:
    """A test that hangs on a reading."""
    words = {a: WORDS[a] for a in alternatives}
    return choose(
        reading(name, "多大？", "How large?", clause="十四", default=taken, because="试", **words), **alternatives
    )


def feasting(when: Expr) -> Pack:
    return PACK.changed(add=[Support("feast", "庆典", clause="十四", when=when)])


def feast(old: Expr, new: Expr) -> Compared:
    """What becomes of the feast, with each case put to both texts as it is told."""
    packs = feasting(old), feasting(new)
    found = compare(*packs, "2022-05-01")["feast"]
    for witness in found.witnesses:
        for pack, told in zip(packs, (witness.before, witness.after), strict=True):
            asked = assess(witness.case.to_dict(), pack, witness.as_of, dict(witness.readings))["feast"]
            assert asked.finding.state() == told.finding.state()
    return found


FEWER: dict[str, tuple[Expr, Expr, dict[str, Apart]]] = {
    "one is removed": (
        held("wide", wide=MANY, narrow=MORE, loose=guild.is_small),
        held("wide", wide=MANY, narrow=MORE),
        {"feast_size": Apart(("loose",), ())},
    ),
    "one is added": (
        held("wide", wide=MANY, narrow=MORE),
        held("wide", wide=MANY, narrow=MORE, loose=guild.is_small),
        {"feast_size": Apart((), ("loose",))},
    ),
    "one has another name": (
        held("wide", wide=MANY, narrow=MORE),
        held("wide", wide=MANY, tight=MORE),
        {"feast_size": Apart(("narrow",), ("tight",))},
    ),
    "what is taken has another name": (
        held("wide", wide=MANY, narrow=MORE),
        held("loose", loose=MANY, narrow=MORE),
        {"feast_size": Apart(("wide",), ("loose",))},
    ),
    "the reading has another name": (
        held("wide", wide=MANY, narrow=MORE),
        held("wide", "feast_extent", wide=MANY, narrow=MORE),
        {"feast_size": Apart(("wide", "narrow"), ()), "feast_extent": Apart((), ("wide", "narrow"))},
    ),
    "the reading is gone": (
        held("wide", wide=MANY, narrow=MORE),
        MANY,
        {"feast_size": Apart(("wide", "narrow"), ())},
    ),
}


@pytest.mark.parametrize(("old", "new", "apart"), FEWER.values(), ids=FEWER)
def test_where_an_alternative_is_in_one_text_alone_the_rules_are_the_same_under_those_that_both_have(
    old: Expr, new: Expr, apart: Mapping[str, Apart]
) -> None:
    found = feast(old, new)
    assert (found.verdict, found.status, found.how) == (Verdict.SAME, "proved", "same_under_shared_readings")
    assert found.apart == apart
    assert found.to_dict()["apart"] == {name: one.to_dict() for name, one in apart.items()}


def test_what_differs_under_an_alternative_that_both_have_is_found_beside_one_that_one_has() -> None:
    old = held("wide", wide=MANY, narrow=MORE, loose=guild.is_small)
    found = feast(old, held("wide", wide=MANY, narrow=guild.members >= 30))
    assert (found.verdict, found.status) == (Verdict.STRICTER, "proved")
    assert [dict(w.readings) for w in found.witnesses] == [{"feast_size": "narrow"}]


def test_a_proof_reaches_the_alternatives_that_both_have() -> None:
    old = held("wide", wide=MANY & (MANY | MORE), narrow=MORE, loose=guild.is_small)
    found = feast(old, held("wide", wide=MANY, narrow=MORE))
    assert (found.verdict, found.status) == (Verdict.SAME, "proved")
    assert found.within is not None


@pytest.mark.parametrize("solver", [True, False], ids=["solver", "search"])
def test_an_open_reading_that_one_text_has_alone_stays_open(*, solver: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not solver:
        monkeypatch.setattr(settling, "installed", lambda: False)
    found = feast(MANY, held(None, wide=MANY, narrow=MORE))
    assert found.verdict is Verdict.UNDETERMINED
    assert [dict(w.readings) for w in found.witnesses] == [{}]


def test_a_reading_that_another_provision_of_the_other_text_uses_may_be_chosen() -> None:
    size = held("wide", wide=MANY, narrow=MORE)
    used = Support("fair", "集市", clause="十四", when=size)
    old, new = (feasting(when).changed(add=[used]) for when in (size, MANY))
    found = compare(old, new, "2022-05-01")["feast"]
    assert (found.verdict, found.apart) == (Verdict.MORE_GENEROUS, {})
    assert [dict(w.readings) for w in found.witnesses] == [{"feast_size": "narrow"}]


def test_the_readings_of_an_added_provision_are_its_own() -> None:
    found = compare(PACK, feasting(held(None, wide=MANY, narrow=MORE)))["feast"]
    assert (found.verdict, found.apart) == (Verdict.ADDED, {})
    assert all(w.decided for w in found.witnesses)


def test_which_alternatives_are_in_one_text_alone_is_told() -> None:
    old, new, _ = FEWER["one has another name"]
    found = compare(feasting(old), feasting(new))
    assert "已证明：凡两版都有的理解，规则相同" in found.explain()
    told = "理解 feast_size（多大？）：两版的取法不同，只比较两版都有的；只见于原版：narrow；只见于新版：tight"
    assert told in found.explain()
    assert "proved: the rules are the same under every reading that both have" in found.explain("en")
    told = (
        "Reading feast_size (How large?) has other alternatives; those that both have are compared; only before: narrow"
    )
    assert told in found.explain("en")
    whole = compare(feasting(old), feasting(attrs.evolve(old)))
    assert "取法" not in whole.explain()


def test_readings_and_gaps_are_told_in_the_language_asked_for() -> None:
    old, new = held("wide", wide=MANY, narrow=MORE), held("wide", wide=MANY, narrow=guild.members >= 30)
    under = compare(feasting(old), feasting(new))
    assert "- feast_size=narrow（多大？ 窄）" in under.explain()
    assert "- feast_size=narrow (How large? narrow)" in under.explain("en")
    asked = compare(feasting(old), feasting(new), readings={"feast_size": None})
    assert "- feast_size（多大？ 未定）" in asked.explain()
    assert "- feast_size (How large? left open)" in asked.explain("en")
    gap = text_gap("fool", "谁是愚人？", "Who is a fool?")
    opened = compare(feasting(MANY), feasting(MANY & untested(gap)))
    assert re.search(r"原文未明 +— +谁是愚人？", opened.explain())
    assert re.search(r"Open in the text +— +Who is a fool\?", opened.explain("en"))
    left = compare(feasting(MANY), feasting(held(None, wide=MANY, narrow=MORE)))
    assert re.search(r"Open readings +— +feast_size \(How large\?\)", left.explain("en"))
