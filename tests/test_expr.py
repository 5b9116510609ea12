"""The rule tree: what operators build, and what they refuse, in which words."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from stored import sections
from toyland import OWN, Guild, Town

from socorg_rules.calendar import years
from socorg_rules.errors import PackError
from socorg_rules.expr import And, Combine, Compare, Const, Expr, Not, Or, all_of, any_of, parts, walk
from socorg_rules.facts import Type, own_facts, yes_no
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import (
    Grant,
    Measure,
    Qualification,
    Standard,
    each_month,
    exactly,
    monthly,
    no_figure,
    top_up,
    up_to,
)
from socorg_rules.reading import reading
from socorg_rules.refs import FactOf, Fold, Pick, Quantified, goes_by, root
from socorg_rules.words import (
    AS_OF,
    THIS_MONTH,
    THIS_YEAR,
    after,
    choose,
    condition,
    day,
    if_else,
    presumed,
    rate,
    ratio,
    share_of,
    smaller_of,
    stated_or,
    table,
    text_gap,
    unquantified,
    untested,
    year_of,
    yuan,
)

guild = root(Guild)
town = root(Town)
SOURCE = Source("试", "某", "1", "2021-07", (Clause("一", "甲"),))
WAYS = reading(
    "ways", "哪样？", "Which way?", clause="一", default=None, because="试", left=("左", "left"), right=("右", "right")
)


@pytest.mark.parametrize(
    ("made", "op"),
    [
        (guild.members == 3, "=="),
        (guild.members != 3, "!="),
        (guild.members < 3, "<"),
        (guild.members <= 3, "<="),
        (guild.members > 3, ">"),
        (guild.members >= 3, ">="),
        (3 <= guild.members, ">="),
    ],
)
def test_a_comparison_is_a_node(made: Expr, op: str) -> None:
    assert isinstance(made, Compare)
    assert made.op == op
    assert isinstance(made.left, FactOf)
    assert isinstance(made.right, Const)
    assert made.right.value == 3


@pytest.mark.parametrize(
    ("made", "op", "type_"),
    [
        (guild.capital + yuan(5), "+", Type.MONEY),
        (5 + guild.members, "+", Type.NUMBER),
        (guild.capital - yuan(5), "-", Type.MONEY),
        (100 - guild.members, "-", Type.NUMBER),
        (guild.capital * 3, "*", Type.MONEY),
        (Fraction(1, 3) * guild.capital, "*", Type.MONEY),
        (share_of(Fraction(1, 3), guild.capital), "*", Type.MONEY),
        (ratio(guild.capital, guild.repair_cost), "/", Type.NUMBER),
        (ratio(guild.members, 3), "/", Type.NUMBER),
        (smaller_of(guild.capital, yuan(5)), "min", Type.MONEY),
        (smaller_of(guild.founded_on, day("2022-01-01")), "min", Type.DATE),
    ],
)
def test_arithmetic_is_a_node_with_the_shape_of_its_sum(made: Expr, op: str, type_: Type) -> None:
    assert isinstance(made, Combine)
    assert made.op == op
    assert made.shape.type is type_


def test_a_share_has_no_unit() -> None:
    assert ratio(guild.members, guild.members).shape.unit == ""


def test_a_rate_times_what_it_is_per_is_what_it_is_a_rate_of() -> None:
    for made in (rate(2, "岁/人") * guild.members, guild.members * rate(2, "岁/人")):
        assert (made.shape.type, made.shape.unit) == (Type.NUMBER, "岁")
    assert (2 * guild.members).shape.unit == "人"


def test_what_is_taken_away_stands_on_the_right() -> None:
    made = 100 - guild.members
    assert isinstance(made, Combine)
    assert isinstance(made.left, Const)


def test_tests_join_and_flatten() -> None:
    a, b, c = guild.is_small, guild.is_honest, guild.members > 1
    joined = (a & b) & c
    assert isinstance(joined, And)
    assert len(joined.parts) == 3
    either = a | (b | c)
    assert isinstance(either, Or)
    assert len(either.parts) == 3
    mixed = (a & b) | c
    assert isinstance(mixed, Or)
    assert len(mixed.parts) == 2
    assert isinstance(~a, Not)


def test_collections_are_read_through_quantifiers_folds_and_picks() -> None:
    assert isinstance(guild.badges.any(), Quantified)
    assert isinstance(guild.badges.all(lambda b: b.grade == "金"), Quantified)
    assert isinstance(guild.badges.count(), Fold)
    assert guild.workshops.sum(lambda w: w.rent).shape.type is Type.MONEY
    assert guild.workshops.count_distinct(lambda w: w.name).shape.type is Type.NUMBER
    assert isinstance(guild.audits.first("year").result, Pick)
    assert guild.audits.last("concluded_on").year.shape.unit == "年"


def test_walking_sees_every_node_once_and_before_its_parts() -> None:
    small = condition("small", "小", guild.is_small)
    tree = all_of(small, if_else(small, guild.members, 2) > table(guild.craft, {"木工": 1}, otherwise=3))
    seen = [type(n).__name__ for n in walk(tree)]
    assert seen[:3] == ["And", "Condition", "FactOf"]
    assert (seen.count("FactOf"), seen.count("Condition")) == (3, 1)  # the condition stands in two places
    assert [type(n).__name__ for n in parts(tree)] == ["Condition", "Compare"]


def test_values_are_closed_only_where_those_of_every_branch_are() -> None:
    badges = guild.badges
    grade, status = badges.first("awarded_on").grade, guild.status
    assert if_else(guild.is_small, grade, grade).shape.values == {"金", "银", "铜"}
    assert if_else(guild.is_small, grade, status).shape.values == {
        "金",
        "银",
        "铜",
        "planned",
        "registered",
        "dissolved",
    }
    assert not if_else(guild.is_small, grade, guild.craft).shape.values
    assert not choose(WAYS, left=grade, right="木工").shape.values


def test_own_facts_are_read_under_the_name_of_their_pack() -> None:
    made = guild.own(OWN).toll
    assert isinstance(made, FactOf)
    assert made.fact.name == "toyland.toll"


def test_equal_constants_and_tables_are_different_nodes() -> None:
    assert len({yuan(1), yuan(1)}) == 2


MISTAKES: dict[str, Callable[[], object]] = {
    # ------------------------------------------------------------------------ Python's own words
    "and": lambda: guild.is_small and guild.is_honest,
    "not": lambda: not guild.is_small,
    "chained": lambda: 1 < guild.members < 3,
    "in list": lambda: guild.craft in ["木工", "铁工"],
    "in expression": lambda: "木工" in guild.craft,
    "in set": lambda: all_of(guild.is_small, guild.craft in {"木工", "铁工"}),
    "is": lambda: all_of(guild.is_small, guild.is_honest is True),
    "no brackets": lambda: 3 & guild.members,
    "no brackets around or": lambda: 3 | guild.is_small,
    "divided": lambda: guild.members / 2,
    "negative": lambda: -guild.members,
    "length": lambda: len(guild.badges),
    "loop": lambda: list(guild.badges),
    "division code": lambda: guild.division == "31011",
    "division codes": lambda: guild.division.is_in(["310110", "x"]),
    "month": lambda: guild.payments.any(lambda p: p.month == "2023-13"),
    # ---------------------------------------------------------------------------------- facts
    "misspelt fact": lambda: guild.foundet_on,
    "misspelt own fact": lambda: guild.own(OWN).tol,
    "far from every fact": lambda: guild.zzz,
    "misspelt item fact": lambda: guild.badges.any(lambda b: b.grad == "金"),
    "misspelt key": lambda: guild.audits.first("yaer"),
    "key without order": lambda: guild.audits.first("result"),
    "own facts of another entity": lambda: town.own(OWN),
    "own facts of an item": lambda: guild.badges.each.own(own_facts("x", Guild, a=yes_no("甲"))),
    # ------------------------------------------------------------------------------ comparisons
    "date and number": lambda: guild.founded_on == 3,
    "date and text": lambda: guild.founded_on >= "2022-01-01",
    "date and money": lambda: guild.founded_on >= guild.capital,
    "money and number": lambda: guild.capital >= 100,
    "money and count": lambda: guild.capital >= guild.members,
    "units": lambda: guild.members >= guild.floor_area,
    "text and number": lambda: guild.craft == 3,
    "closed value": lambda: guild.status == "registred",
    "order of text": lambda: guild.status >= "registered",
    "order of divisions": lambda: guild.division < "77",
    "yes/no compared": lambda: guild.is_small == True,  # noqa: E712
    "list compared": lambda: guild.fair_years == 2022,
    "collection compared": lambda: guild.badges == 3,
    "compared with a collection": lambda: guild.members == guild.badges,
    "float": lambda: guild.donation_share > 0.5,
    "none": lambda: guild.craft == None,  # noqa: E711
    "not a number": lambda: guild.donation_share > Decimal("NaN"),
    "is_in closed": lambda: guild.status.is_in(["registered", "dissolvd"]),
    "is_in money": lambda: guild.capital.is_in([100]),
    "is_in nothing": lambda: guild.status.is_in([]),
    "contains of text": lambda: guild.craft.contains("木工"),
    "contains closed": lambda: guild.workshops.any(lambda w: w.skills.contains("缝纫")),
    "contains number": lambda: guild.fair_years.contains("2022"),
    "within of text": lambda: guild.craft.within("77"),
    # ------------------------------------------------------------------------------- arithmetic
    "yuan times yuan": lambda: guild.capital * guild.repair_cost,
    "money as a share of a number": lambda: ratio(guild.capital, guild.members),
    "people times area": lambda: guild.members * guild.floor_area,
    "a rate of something else": lambda: rate(2, "人/个") * guild.members,
    "a rate without a unit": lambda: rate(2, "人"),
    "a rate of a float": lambda: rate(0.5, "人/个"),  # type: ignore[arg-type]
    "money plus number": lambda: guild.capital + 3,
    "date plus number": lambda: guild.founded_on + 2,
    "text plus text": lambda: guild.craft + "会",
    "smaller of date and money": lambda: smaller_of(guild.founded_on, guild.capital),
    "smaller of texts": lambda: smaller_of(guild.craft, "木工"),
    "yuan of a float": lambda: yuan(0.5),  # type: ignore[arg-type]
    "yuan of part of a fen": lambda: yuan(Decimal("0.001")),
    "yuan of infinity": lambda: yuan(Decimal("Infinity")),
    "yuan below nothing": lambda: up_to(yuan(-100)),
    "day that is none": lambda: day("2022-02-30"),
    "after text": lambda: after(guild.craft, years(1)),
    "after a number": lambda: after(guild.founded_on, 2),  # type: ignore[arg-type]
    "after the clock": lambda: after(AS_OF, years(1)),
    "year of text": lambda: year_of(guild.craft),
    "year of the clock": lambda: year_of(AS_OF),
    "sum of dates": lambda: guild.badges.sum(lambda b: b.awarded_on),
    "largest text": lambda: guild.badges.max(lambda b: b.grade),
    "sum of collections": lambda: guild.workshops.sum(lambda w: w.apprentices),
    "distinct collections": lambda: guild.workshops.count_distinct(lambda w: w.apprentices),
    "picked collection": lambda: guild.workshops.first("opened_on").apprentices,
    # --------------------------------------------------------------------------------------- words
    "all_of a quantity": lambda: all_of(guild.is_small, guild.members),
    "any_of a text": lambda: any_of("木工"),
    "not a quantity": lambda: ~guild.members,
    "if_else on a quantity": lambda: if_else(guild.members, 1, 2),
    "if_else of two types": lambda: if_else(guild.is_small, 1, yuan(2)),
    "if_else of a collection": lambda: if_else(guild.is_small, guild.badges, guild.badges),
    "presumed quantity": lambda: presumed(guild.members),
    "table without a row": lambda: table(guild.status, {"planned": 1}),
    "table over open text": lambda: table(guild.craft, {"木工": 1}),
    "table with an unknown row": lambda: table(guild.status, {"plannd": 1}, otherwise=2),
    "table over a number": lambda: table(guild.members, {"1": 1}, otherwise=2),
    "table without rows": lambda: table(guild.status, {}, otherwise=2),
    "table of two types": lambda: table(guild.status, {"planned": 1}, otherwise=yuan(2)),
    "stated by no fact": lambda: stated_or(guild.badges.count(), guild.badges.count()),
    "stated of another type": lambda: stated_or(guild.capital, guild.badges.count()),
    "condition of a quantity": lambda: condition("many", "多", guild.members),
    "goes_by of a root": lambda: goes_by(guild.name, guild, "name"),
    "goes_by with its arguments swapped": lambda: guild.badges.any(lambda b: goes_by(b, guild.craft)),  # type: ignore[arg-type]
    "goes_by of a number": lambda: guild.badges.any(lambda b: goes_by(guild.members, b, "name")),
    "goes_by a misspelt fact": lambda: guild.badges.any(lambda b: goes_by(guild.craft, b, "nmae")),
    "goes_by a sum": lambda: guild.payments.any(lambda p: goes_by(guild.craft, p, "amount")),
    "test of no gap": lambda: untested("what"),  # type: ignore[arg-type]
    "sum of no gap": lambda: unquantified("how", yuan(1), yuan(2)),  # type: ignore[arg-type]
    "choose without an alternative": lambda: choose(WAYS, left=1),
    "choose an unknown one": lambda: choose(WAYS, left=1, rigth=2),
    "choose two types": lambda: choose(WAYS, left=1, right=yuan(2)),
    "reading with one alternative": lambda: reading(
        "lone", "？", "?", clause="一", default=None, because="试", left=("左", "left")
    ),
    "reading with one word": lambda: reading(
        "terse",
        "？",
        "?",
        clause="一",
        default=None,
        because="试",
        a="aa",
        b=("乙", "b"),  # type: ignore[arg-type]
    ),
    "reading with three words": lambda: reading(
        "wordy",
        "？",
        "?",
        clause="一",
        default=None,
        because="试",
        a=("甲", "a", "A"),
        b=("乙", "b"),  # type: ignore[arg-type]
    ),
    "reading with an unknown default": lambda: reading(
        "lost", "？", "?", clause="一", default="lft", because="试", left=("左", "left"), right=("右", "right")
    ),
    # -------------------------------------------------------------------------------------- provisions
    "amount of a number": lambda: exactly(guild.members),
    "amount without yuan": lambda: up_to(10_000),  # type: ignore[arg-type]
    "amount as text": lambda: exactly("5"),  # type: ignore[arg-type]
    "amount that is a sum": lambda: Grant("g", "题", clause="一", amount=yuan(5)),  # type: ignore[arg-type]
    "month's amount that is a sum": lambda: monthly(yuan(5)),  # type: ignore[arg-type]
    "no figure without a gap": lambda: no_figure("多少？"),  # type: ignore[arg-type]
    "months as text": lambda: each_month("24"),  # type: ignore[arg-type]
    "top-up of no collection": lambda: top_up(guild.members),
    "top-up with a sum as credit": lambda: top_up(guild.badges, yuan(5)),  # type: ignore[arg-type]
    "terms as text": lambda: Grant("g", "题", clause="一", amount=exactly(yuan(5)), terms="once"),  # type: ignore[arg-type]
    "each without `.each`": lambda: Qualification("q", "题", clause="一", each=guild.badges),
    "measure that is a quantity": lambda: Qualification("q", "题", clause="一", measure=guild.members),
    "gap as text": lambda: Qualification("q", "题", clause="一", gaps=("x",)),  # type: ignore[arg-type]
    "gap alone": lambda: Qualification("q", "题", clause="一", gaps=text_gap("x", "？", "?")),  # type: ignore[arg-type]
    "further clause alone": lambda: Qualification("q", "题", clause="一", also="二(一)"),  # type: ignore[arg-type]
    "list of further clauses": lambda: Qualification("q", "题", clause="一", also=["二(一)"]),  # type: ignore[arg-type]
    "further clause that is a number": lambda: Qualification("q", "题", clause="一", also=(2,)),  # type: ignore[arg-type]
    "checklist of bare tests": lambda: Standard("s", "题", clause="一", checklist=(guild.is_small,)),
    "when of a quantity": lambda: Qualification("q", "题", clause="一", when=guild.members),
    "discretion of a quantity": lambda: Qualification("q", "题", clause="一", discretion=guild.members),
    "result of a number": lambda: Qualification("q", "题", clause="一", result=guild.members),
    "due as text": lambda: Qualification("q", "题", clause="一", due="2022-01-01"),  # type: ignore[arg-type]
    "due of a month": lambda: Qualification("q", "题", clause="一", due=THIS_MONTH),
    "measure in two units": lambda: Measure(guild.members, guild.floor_area, "人"),
    "measure of dates": lambda: Measure(guild.founded_on, day("2022-01-01"), "日"),
    "clock plus one": lambda: THIS_YEAR + yuan(1),
    # ------------------------------------------------------------------------------------------- packs
    "clause alone": lambda: Source("试", "某", "1", "2021", Clause("一", "甲")),  # type: ignore[arg-type]
    "reach alone": lambda: Pack("p", "试", "1", SOURCE, (), reach=guild.is_small),
    "reach of a quantity": lambda: Pack("p", "试", "1", SOURCE, (), reach=(guild.members,)),
    "provision alone": lambda: Pack("p", "试", "1", SOURCE, Qualification("q", "题", clause="一")),  # type: ignore[arg-type]
    "own facts alone": lambda: Pack("p", "试", "1", SOURCE, (), own=OWN),  # type: ignore[arg-type]
    "own entity": lambda: Pack("p", "试", "1", SOURCE, (), own=(Guild,)),  # type: ignore[arg-type]
    "force as text": lambda: Pack("p", "试", "1", SOURCE, (), force="2021-07-21"),  # type: ignore[arg-type]
    "force of a quantity": lambda: Pack("p", "试", "1", SOURCE, (), force=guild.members),
}


def _refusal(make: Callable[[], object]) -> str:
    with pytest.raises(PackError) as caught:
        make()
    return str(caught.value)


def test_every_mistake_is_refused_when_it_is_made_in_the_stored_words(snapshot: Callable[[str, str], None]) -> None:
    snapshot("expr.txt", sections({label: _refusal(make) for label, make in MISTAKES.items()}))


def test_a_grant_takes_no_mistyped_keyword() -> None:
    with pytest.raises(TypeError):
        Grant("g", "题", clause="一", wehn=guild.is_small, amount=exactly(yuan(1)))  # type: ignore[call-arg]
