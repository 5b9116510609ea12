"""What `verify` finds of a pack: each kind of flaw, with a case or proved, and nothing where there is none."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction

import attrs
import pytest
from click.testing import CliRunner
from toyland import guild

from socorg_rules import PackError, Verification, assess, load_pack, verify
from socorg_rules.cli import main
from socorg_rules.engines import solver_altered
from socorg_rules.engines.solver import GaveUp
from socorg_rules.engines.solver_altered import tests_of as named_tests
from socorg_rules.expr import Expr, all_of, any_of
from socorg_rules.pack import Clause, Known, Pack, Source
from socorg_rules.provision import ONCE, ONCE_PER_ITEM, Grant, Provision, Qualification, between, exactly
from socorg_rules.reading import reading
from socorg_rules.verify import Flaw
from socorg_rules.words import choose, condition, day, if_else, smaller_of, table, text_gap, untested, yuan

CRAFTS = {"木工": yuan(5), "铁工": yuan(8)}
HERE = guild.division.within("77")
SMALL, BIG = guild.members <= 9, guild.members >= 20
WAY = reading("way", "？", "?", clause="一", default=None, because="试", left=("左", "left"), right=("右", "right"))


def pack(*provisions: Provision, known: tuple[Known, ...] = ()) -> Pack:
    source = Source("试", "某", "1", "2021-01-01", (Clause("一", "所有"),))
    return Pack("tried", "试", "1", source, provisions, reach=(HERE,), known=known)


def listed(when: Expr, name: str = "list") -> Provision:
    return Qualification(name, "名册", clause="一", when=when)


def grant(amount: object, when: Expr = SMALL, name: str = "gift", **more: object) -> Provision:
    return Grant(name, "补助", clause="一", when=when, amount=amount, **more)  # type: ignore[arg-type]


badge = guild.badges.each
FLAWS: dict[str, tuple[tuple[Provision, ...], set[str]]] = {
    "nothing": ((listed(SMALL | guild.is_honest),), set()),
    "never met": (
        (listed(SMALL & BIG),),
        {"never_met:list", "implied_test:list:when.members", "implied_test:list:when.members#2"},
    ),
    "left open by the text": (
        (listed(SMALL & untested(text_gap("gap", "？", "?"))),),
        {"never_met:list"},
    ),
    "never refused": (
        (Qualification("list", "名册", clause="一", reach=HERE | ~HERE, when=SMALL | ~SMALL),),
        {"never_refused:list"},
    ),
    "implied": ((listed(BIG & (guild.members >= 10)),), {"implied_test:list:when.members#2"}),
    "implied by the reach": ((listed(guild.division.within("77", "78") & BIG),), {"implied_test:list:when.division"}),
    "needless": ((listed(BIG | (guild.members >= 30)),), {"needless_test:list:when.members#2"}),
    "dead": ((listed(any_of(BIG, BIG & guild.is_honest)),), {"dead_test:list:when.is_honest"}),
    "overlap": (
        tuple(grant(exactly(yuan(5)), badge.grade == "金", name, each=badge) for name in ("gift", "prize")),
        {"overlap:gift+prize"},
    ),
    "grants for different items": (
        tuple(
            grant(exactly(yuan(5)), badge.grade == g, name, each=badge) for name, g in (("gift", "金"), ("prize", "银"))
        ),
        set(),
    ),
    "a sum of a fact, twice": (
        (grant(exactly(guild.capital)), grant(exactly(Fraction(1, 2) * guild.capital), BIG | SMALL, "prize")),
        {"overlap:gift+prize"},
    ),
    "a fact that both sums only test": (
        tuple(
            grant(
                exactly(if_else(guild.members >= 3, table(guild.craft, CRAFTS, otherwise=yuan(2)), yuan(least))),
                name=name,
            )
            for name, least in (("gift", 1), ("prize", 2))
        ),
        set(),
    ),
    "one sum for the same cases, twice": (
        (grant(exactly(yuan(5)), condition("few", "少", SMALL)), grant(exactly(yuan(5)), SMALL, "prize")),
        {"overlap:gift+prize"},
    ),
    "one sum for other cases": ((grant(exactly(yuan(5))), grant(exactly(yuan(5)), BIG, "prize")), set()),
    "for each item, and for all together": (
        (
            grant(exactly(yuan(5)), badge.grade == "金", each=badge),
            grant(exactly(guild.badges.count(lambda b: b.grade != "银") * yuan(3)), name="prize"),
        ),
        {"overlap:gift+prize"},
    ),
    "for each item, and for all others together": (
        (
            grant(exactly(yuan(5)), badge.grade == "金", each=badge),
            grant(exactly(guild.badges.count(lambda b: b.grade == "银") * yuan(3)), name="prize"),
        ),
        set(),
    ),
    "two sums over the items of one collection": (
        (
            grant(exactly(guild.badges.count() * yuan(3))),
            grant(exactly(guild.badges.count(lambda b: b.grade == "银") * yuan(3)), name="prize"),
        ),
        {"overlap:gift+prize"},
    ),
    "a range that crosses": ((grant(between(yuan(100), guild.capital)),), {"crossed_range:gift"}),
    "a range that does not": ((grant(between(yuan(0), guild.capital)),), set()),
    "a table that grants nothing": (
        (grant(exactly(table(guild.craft, {"木工": yuan(5)}, otherwise=yuan(0)))),),
        {"table_gap:gift"},
    ),
    "a table of shares in a sum of nothing": (
        (grant(exactly(table(guild.craft, {"木工": Fraction(1, 2)}, otherwise=Fraction(1, 3)) * guild.capital)),),
        set(),
    ),
    "idle alternatives": ((listed(choose(WAY, left=BIG, right=guild.members > 19)),), {"idle_reading:way:left=right"}),
    "alternatives that differ": ((listed(choose(WAY, left=BIG, right=SMALL)),), set()),
}


@pytest.mark.parametrize(("provisions", "expected"), FLAWS.values(), ids=FLAWS)
def test_it_finds_what_is_there_and_nothing_else(provisions: tuple[Provision, ...], expected: set[str]) -> None:
    found = verify(pack(*provisions))
    kinds = {"dead_test", "implied_test", "needless_test"}
    if "never_met:list" in expected:  # where nothing is ever met, no test of it can matter
        assert {f.id for f in found.flaws if f.kind not in kinds} == {"never_met:list"}
    elif "never_refused:list" in expected:
        assert {f.id for f in found.flaws if f.kind not in kinds} == expected
    else:
        assert {f.id for f in found.flaws} == expected


def flaw(*provisions: Provision) -> Flaw:
    (found,) = verify(pack(*provisions)).flaws
    return found


def test_an_overlap_is_shown_by_an_item_that_both_pay_for() -> None:
    shown = flaw(*FLAWS["overlap"][0])
    assert shown.witness is not None
    assert shown.witness.to_dict() == {"guild": {"division": "77", "badges": [{"grade": "金"}]}}


def test_a_range_that_crosses_is_shown_by_a_sum_below_the_other_end() -> None:
    shown = flaw(*FLAWS["a range that crosses"][0])
    assert shown.witness is not None
    assert shown.witness.record.values["capital"] < 100_00


def test_a_table_that_grants_nothing_is_shown_by_a_text_without_a_row() -> None:
    shown = flaw(*FLAWS["a table that grants nothing"][0])
    assert shown.witness is not None
    assert shown.witness.record.values["craft"] != "木工"


def test_what_only_untold_facts_tell_apart_matters() -> None:
    """Where a crafts' count is presumed, a complete case never tells the presumption from the fact."""
    from socorg_rules.words import presumed  # noqa: PLC0415

    figure = if_else(presumed(guild.members == 0), 0, guild.members)
    assert [f.id for f in verify(pack(listed(figure <= 9))).flaws] == []


def test_what_needs_a_third_item_matters() -> None:
    three = guild.badges.count_distinct(lambda b: b.grade) >= 3
    assert [f.id for f in verify(pack(listed(three))).flaws] == []


def test_of_what_counts_beyond_the_bounds_no_test_is_said_never_to_matter() -> None:
    many = guild.workshops.count_distinct(lambda w: w.division, where=lambda w: w.is_open) >= 14
    found = verify(pack(listed(many | SMALL)))
    assert ([f.id for f in found.flaws], found.beyond) == ([], ("list",))


def test_what_counts_beyond_the_bounds_is_settled_where_fewer_items_show_that_every_test_matters() -> None:
    together = guild.workshops.count_distinct(lambda w: w.division, where=lambda w: w.is_open) + guild.members >= 14
    found = verify(pack(listed(together | guild.is_honest)))
    assert ([f.id for f in found.flaws], found.beyond) == ([], ())


def of_grades(*grades: str) -> Expr:
    return all_of(*(guild.badges.any(lambda b, g=g: b.name == g) for g in grades))  # type: ignore[misc]


def test_what_needs_four_items_together_can_be_met_and_each_of_its_tests_matters() -> None:
    found = verify(pack(listed(of_grades(*"甲乙丙丁")), listed(~of_grades(*"甲乙丙丁"), "other")))
    assert ([f.id for f in found.flaws], found.beyond) == ([], ())


def test_of_what_needs_more_items_than_are_looked_at_nothing_is_said_to_be_never_met() -> None:
    names = guild.badges.count_distinct(lambda b: b.name) >= 9
    rent = guild.workshops.sum(lambda w: smaller_of(w.rent, yuan(100))) >= yuan(900)
    found = verify(pack(listed(of_grades(*"甲乙丙丁戊")), listed(names, "names"), listed(rent, "rent")))
    assert ([f.id for f in found.flaws], found.beyond) == ([], ("list", "names", "rent"))


def test_what_is_closed_elsewhere_alone_is_read() -> None:
    each = grant(exactly(yuan(5)), badge.grade == "金", "prize", each=badge, terms=ONCE_PER_ITEM)
    dated = grant(exactly(yuan(5)), guild.badges.any(lambda b: b.awarded_on >= day("2022-01-01")), terms=ONCE)
    assert [f.id for f in verify(pack(dated, each)).flaws] == []


def test_tests_are_called_by_their_condition_and_what_they_read() -> None:
    both = condition("both", "两者", all_of(SMALL, guild.badges.any(lambda b: b.grade == "金")))
    (plan,) = pack(listed(both | (guild.members == 30))).plans.values()
    assert [t.name for t in named_tests(plan)] == ["both", "both.members", "both.badges", "both.grade", "when.members"]


# ------------------------------------------------------------------------------------------------------- declared

IMPLIED = Known("implied_test:list:when.members#2", "原文如此")


def test_what_is_declared_is_no_mistake() -> None:
    found = verify(pack(*FLAWS["implied"][0], known=(IMPLIED,)))
    assert found.is_clean
    assert [f.known for f in found.flaws] == ["原文如此"]


def test_what_is_declared_and_not_found_is_a_mistake() -> None:
    found = verify(pack(*FLAWS["nothing"][0], known=(IMPLIED,)))
    assert (found.is_clean, found.lapsed, found.undeclared) == (False, (IMPLIED.finding,), ())


@pytest.mark.parametrize("because", ["", "  ", None])
def test_a_declaration_says_why(because: object) -> None:
    with pytest.raises(PackError, match="say in a line why it is so in the law"):
        Known("never_met:list", because)  # type: ignore[arg-type]


def test_a_pack_takes_declarations_only() -> None:
    with pytest.raises(PackError, match="is no declaration of what is known"):
        pack(*FLAWS["nothing"][0], known=("never_met:list",))  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------------- editions


def amended(*provisions: Provision, **changes: object) -> Pack:
    return pack(*provisions).amend("2", "2025-01-01", **changes)  # type: ignore[arg-type]


def test_a_text_that_two_editions_have_is_examined_once_and_told_of_both() -> None:
    implied = FLAWS["implied"][0]
    made = amended(*implied, listed(SMALL, "other"), replace=[listed(BIG, "other")])
    steps: list[tuple[int, int]] = []
    found = verify(made, progress=lambda done, of: steps.append((done, of)))
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert [(f.id, f.editions) for f in found.flaws] == [("implied_test:list:when.members#2", ("1", "2"))]


@pytest.mark.parametrize("newest", [True, False])
@pytest.mark.parametrize("name", ["implied", "a range that crosses", "idle alternatives", "overlap"])
def test_what_one_edition_alone_says_is_told_of_that_one(name: str, newest: bool) -> None:  # noqa: FBT001
    (*before, flawed), expected = FLAWS[name]
    calm = grant(exactly(yuan(5)), name=flawed.id) if isinstance(flawed, Grant) else listed(SMALL)
    old, new = (calm, flawed) if newest else (flawed, calm)
    found = verify(amended(*before, old, replace=[new]))
    assert [(f.id, f.editions) for f in found.flaws] == [(*expected, ("2",) if newest else ("1",))]


def test_a_provision_that_was_repealed_is_examined_of_the_editions_that_have_it() -> None:
    made = amended(listed(SMALL), *FLAWS["a range that crosses"][0], repeal={"gift": "到期"})
    assert [(f.id, f.editions) for f in verify(made).flaws] == [("crossed_range:gift", ("1",))]


def test_a_finding_of_an_earlier_edition_alone_is_declared_like_any_other() -> None:
    made = pack(*FLAWS["implied"][0], known=(IMPLIED,)).amend("2", "2025-01-01", replace=[listed(SMALL)])
    assert verify(made).is_clean


# ------------------------------------------------------------------------------------------------------ unsettled


def test_what_is_not_settled_in_time_is_told_and_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object, **__: object) -> bool:
        raise GaveUp("late")

    monkeypatch.setattr(solver_altered.Beside, "matters", late)
    monkeypatch.setattr(solver_altered.Beside, "parts", late)
    found = verify(pack(listed(choose(WAY, left=BIG, right=SMALL))))
    assert {f.id for f in found.undeclared} == {
        "unsettled:test:list:when.members",
        "unsettled:test:list:when.members#2",
        "unsettled:way:left=right",
    }


def test_a_form_that_the_solver_cannot_read_is_told_by_name() -> None:
    code = attrs.evolve(guild.craft, fact=attrs.evolve(guild.craft.fact, uscc=True, values={}))
    found = verify(pack(listed(code == "91350100M000100Y43"), listed(BIG, "other")))
    assert [f.id for f in found.flaws] == ["not_read:list:`guild.craft`, a code with a check character"]


def test_without_z3_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[verify.__module__], "find_spec", lambda _: None)
    with pytest.raises(PackError, match=r"install `socorg-rules\[solver\]`"):
        verify(pack(*FLAWS["nothing"][0]))


# --------------------------------------------------------------------------------------------------- command line


def run(monkeypatch: pytest.MonkeyPatch, made: Pack, *args: str) -> tuple[int, str]:
    monkeypatch.setattr("socorg_rules.load_pack", lambda _: made)
    result = CliRunner().invoke(main, ["verify", "tried", *args])
    return result.exit_code, result.stdout


@pytest.mark.parametrize(("name", "lang"), [("overlap", "zh"), ("overlap", "en"), ("implied", "zh")])
def test_the_command_tells_each_finding(
    monkeypatch: pytest.MonkeyPatch, snapshot: Callable[[str, str], None], name: str, lang: str
) -> None:
    code, told = run(monkeypatch, pack(*FLAWS[name][0]), "--lang", lang)
    assert code == 1
    snapshot(f"verify-{name}.{lang}.txt", told)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_tells_the_readings_under_which_a_case_shows_a_finding(
    monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    way = attrs.evolve(WAY, default="left")
    either = choose(way, left=guild.is_honest, right=SMALL)
    made = pack(grant(exactly(guild.capital), either), grant(exactly(guild.capital), ~guild.is_honest, "prize"))
    (found,) = verify(made).flaws
    assert (found.id, found.readings) == ("overlap:gift+prize", {"way": "right"})
    assert found.witness is not None
    for readings, outcome in (({}, "not_met"), ({"way": "right"}, "met")):
        answer = assess(found.witness, made, found.as_of, readings)
        assert (answer["gift"].outcome, answer["prize"].outcome) == (outcome, "met")
    _, told = run(monkeypatch, made, "--lang", lang)
    assert f"\n  {'另取理解' if lang == 'zh' else 'under the readings'} way=right\n" in told


def test_the_command_ends_well_where_all_is_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = run(monkeypatch, pack(*FLAWS["implied"][0], known=(IMPLIED,)))
    assert code == 0
    assert "已声明：原文如此" in told


def test_the_command_gives_data(monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = run(monkeypatch, pack(*FLAWS["overlap"][0], known=(IMPLIED,)), "--format", "json")
    data = json.loads(told)
    assert (code, data["clean"], data["declared_and_not_found"]) == (1, False, [IMPLIED.finding])
    assert [(f["finding"], f["shown_by"]) for f in data["findings"]] == [("overlap:gift+prize", "witness")]


def test_the_command_names_the_editions_where_there_are_several(monkeypatch: pytest.MonkeyPatch) -> None:
    made = amended(listed(SMALL), replace=[*FLAWS["implied"][0]])
    _, told = run(monkeypatch, made, "--lang", "en")
    assert "(proved; edition 2)" in told
    assert "tried (editions 1, 2): 1 provisions" in told
    data = json.loads(run(monkeypatch, made, "--format", "json")[1])
    assert (data["editions"], data["findings"][0]["editions"]) == (["1", "2"], ["2"])


def at(stderr: int) -> subprocess.CompletedProcess[bytes]:
    verb = [sys.executable, "-m", "socorg_rules", "verify", "daoli"]
    return subprocess.run(verb, stdout=subprocess.PIPE, stderr=stderr, check=True)


def test_progress_is_shown_at_a_terminal_and_nowhere_else() -> None:
    here, terminal = pty.openpty()
    shown = at(terminal)
    os.close(terminal)
    assert "verify" in os.read(here, 100_000).decode()
    os.close(here)
    quiet = at(subprocess.PIPE)
    assert (quiet.stderr, quiet.stdout) == (b"", shown.stdout)


def test_a_pack_that_is_not_there_is_bad_input() -> None:
    assert CliRunner().invoke(main, ["verify", "yangpo"]).exit_code == 2


@pytest.mark.parametrize("name", ["daoli", "hainan", "longyang", "xinjin"])
def test_the_pack_verifies_clean(name: str) -> None:
    """`make verify` holds Yangpu to it too, which takes longer than all tests here."""
    found: Verification = verify(load_pack(name))
    assert [f.id for f in found.undeclared] == []
    assert found.lapsed == ()
