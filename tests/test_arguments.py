"""What functions about changes and properties are called with: what is none of its kind is told, not tripped over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from toyland import PACK, guild

from socorg_rules import CaseError, PackError, compare, load_pack, verify
from socorg_rules.engines.solver import Bounds, settle
from socorg_rules.errors import RulesError
from socorg_rules.expr import ALWAYS
from socorg_rules.properties import capped, monotone, no_cliff, once_is_once, only_changes, since, steady_between
from socorg_rules.strategies import cases, days, near, values

GIFT: Any = PACK.plans["opening_gift"]
FACT = "guild.members"
THREE: Any = 3


def left_out(tests: Any) -> object:  # noqa: ANN401
    return compare(PACK, PACK, leaving_out=tests)


MISTAKES: list[tuple[Callable[[], object], type[RulesError], str]] = [
    (lambda: compare(PACK, THREE), PackError, "`3` is no pack; give an id, the path of a pack file, or a `Pack`"),
    (lambda: load_pack(THREE), PackError, "`3` is no pack; give"),
    (lambda: compare(PACK, PACK, effort=0), CaseError, "effort: `0` is no whole number from 1 on"),
    (lambda: compare(PACK, PACK, None, THREE), CaseError, "readings: `3` is no mapping"),
    (lambda: left_out(THREE), CaseError, "leaving_out: `3` is no mapping; write `{provision: test}`"),
    (lambda: left_out({"opening_gifts": ALWAYS}), CaseError, "such a provision; did you mean `opening_gift`?"),
    (lambda: left_out({"opening_gift": "all"}), CaseError, "leaving_out.opening_gift: `all` is no test; write one"),
    (
        lambda: left_out({"opening_gift": guild.members}),
        CaseError,
        "`guild.members` is no test; write one, or `ALWAYS`",
    ),
    (lambda: compare(PACK, PACK, None, {THREE: "x"}), CaseError, "readings: `3` is no name of a reading"),
    (lambda: verify(THREE), PackError, "`3` is no pack"),
    (lambda: verify(PACK, THREE), CaseError, "bounds: `3` are no bounds; write `Bounds(…)`"),
    (lambda: settle(THREE, GIFT), PackError, "`3` is no provision with its pack; take it from `pack.plans`"),
    (lambda: settle(GIFT.provision, GIFT), PackError, "a Grant is no provision with its pack"),
    (lambda: settle(GIFT, GIFT, THREE), CaseError, "readings: `3` is no mapping"),
    (lambda: Bounds(items=0), CaseError, "items: `0` is no whole number from 1 on"),
    (lambda: Bounds(first_year=2050), CaseError, "last_year: 2049 comes before the first year, 2050"),
    (lambda: Bounds(work=0), CaseError, "work: `0` is no whole number from 1 on; write one, as in `60`"),
    (lambda: monotone(PACK, "opening_gift", FACT, [1, 2], examples=0), CaseError, "examples: `0` is no whole number"),
    (lambda: monotone(PACK, "opening_gift", FACT, []), CaseError, "order: holds 0 values; write two or more"),
    (lambda: monotone(PACK, "opening_gift", FACT, "12"), CaseError, "order: `12` is no list of values"),
    (lambda: monotone(PACK, "stall_space", FACT, [1, "x"]), CaseError, "order: expected a number, got text `x`"),
    (lambda: monotone(PACK, "stall_space", FACT, [1, 2, 1]), CaseError, "order: `1` stands there twice; keep one"),
    (lambda: monotone(PACK, "opening_gift", THREE, [1, 2]), PackError, "`3` is no path of a fact"),
    (
        lambda: monotone(PACK, "badge_prize", "guild.badges[0].grade", ["铜", "金"]),
        PackError,
        "`guild.badges[0].grade`: numbers of items do not belong here; write `guild.badges.grade`",
    ),
    (
        lambda: monotone(PACK, "badge_prize", "guild.badges", [[], [{}]]),
        PackError,
        "`guild.badges` is a list of items, which have no order; name a fact of theirs",
    ),
    (lambda: capped(PACK, "opening_gift", THREE, lang=THREE), CaseError, "lang: `3` is not offered"),
    (lambda: capped(PACK, "opening_gift", 1, exampels=3), CaseError, "exampels: no such way to try it; did you mean"),  # type: ignore[call-arg]
    (lambda: capped(PACK, "opening_gift", 1, readings={"x": "y"}), CaseError, "readings.x: no such reading"),
    (lambda: capped(PACK, "opening_gift", 1.5), CaseError, "most: `1.5` is no exact number"),  # type: ignore[arg-type]
    (lambda: capped(PACK, "registration", 1), PackError, "`toyland.registration` is no grant"),
    (lambda: no_cliff(PACK, "opening_gift", FACT, 0, 5), CaseError, "step: `0` is no exact number of more than 0"),
    (lambda: once_is_once(PACK, THREE), PackError, "`toyland` has no provision `3`"),
    (lambda: steady_between(PACK, "opening_gift", "2021-01-01", "2022-01-01", "2021-05-01"), CaseError, "except_on: "),
    (
        lambda: steady_between(PACK, "opening_gift", "2021-01-01", "2022-01-01", [since("guild.x")]),
        PackError,
        "`guild.x`",
    ),
    (
        lambda: steady_between(PACK, "opening_gift", "2021-01-01", "2022-01-01", [since(FACT)]),
        PackError,
        "`since('guild.members')`: the fact is no date",
    ),
    (lambda: since(FACT, THREE), PackError, "`3` is no period; write `years(…)`"),
    (lambda: only_changes(PACK, PACK, "opening_gift"), CaseError, 'is no list of provisions; write `["opening_gift"]`'),
    (lambda: only_changes(PACK, PACK, [], THREE), PackError, "`where` joins tests"),
    (lambda: cases(THREE), PackError, "`3` is no pack"),
    (lambda: cases(PACK, as_of="2025"), PackError, "`2025` is no day; write `YYYY-MM-DD`"),
    (lambda: cases(PACK, missing="yes"), CaseError, "missing: `yes` is no yes or no; write `True` or `False`"),  # type: ignore[arg-type]
    (lambda: near(PACK, "opening_gift", as_of="2025"), PackError, "`2025` is no day"),
    (lambda: near(PACK, "opening_gift", readings=THREE), CaseError, "readings: `3` is no mapping"),
    (lambda: near(PACK, "opening_gift", readings={"x": "y"}), CaseError, "readings.x: no such reading"),
    (lambda: values(THREE), PackError, "`3` is no declared fact; give one"),
    (lambda: values(GIFT.root.facts["badges"]), PackError, "`badges` is a collection; `entities(…)` draws"),
    (lambda: days(THREE), PackError, "`3` is no pack"),
]


@pytest.mark.parametrize(("call", "kind", "told"), MISTAKES, ids=[told for _, _, told in MISTAKES])
def test_a_wrong_argument_is_refused_with_what_was_given_and_what_is_expected(
    call: Callable[[], object], kind: type[RulesError], told: str
) -> None:
    with pytest.raises(kind) as raised:
        call()
    assert told in str(raised.value)
