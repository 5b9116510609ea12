"""Properties of a fact that takes its values one after the other: better is never worse, a step is no cliff."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Unpack

from ..answer import Decision
from ..arguments import listed, number
from ..change.order import RANKS
from ..decide import number_text
from ..decision import GRANTED, Finding, Outcome
from ..errors import CaseError, PackError, Problem
from ..facts import ELEMENTS, Fact, Type
from ..money import Amount
from ..pack import Pack
from ..value import Unfit, read_value, shown, write_value
from .completing import Asked, complete, completed, may_come_to
from .drawn import Drawn, How, Trial, places, with_fact

ZERO = Decimal("0.00")
NOTHING = Amount(ZERO, ZERO)


def monotone(
    pack: str | os.PathLike[str] | Pack, provision: str, fact: str, order: Sequence[object], **how: Unpack[How]
) -> None:
    """Assert that a better value of a fact is never decided worse, and never pays less.

    Args:
        pack: an id, the path of a pack file, or a `Pack`.
        provision: the id of the provision.
        fact: the path of the fact without numbers of items, as in `organization.assessments.grade`: of each item in
            turn, the others as they are.
        order: its values as a case file writes them, from the worst to the best.
        how: see `How`.

    Raises:
        AssertionError: a better value is decided worse or pays less; or no case drawn was ever granted.
        CaseError: the order holds no two values, one twice, or one that the fact cannot hold.
        CaseError, PackError: as for `Trial`; or the fact is a list of items.

    >>> monotone("yangpu", "venture_match", "organization.ventures.amount", [0, 50_000, 100_000, 200_000])
    """
    __tracebackhide__ = True
    problems: list[Problem] = []
    ranked = listed("order", order, problems, of="values, from the worst to the best")
    if not problems and len(ranked) < 2:  # noqa: PLR2004 - to hold one against another
        problems.append(Problem("order", f"holds {len(ranked)} values; write two or more, from the worst to the best"))
    if problems:
        raise CaseError(problems)
    values = "＜".join(map(str, ranked))
    claim = f"{fact} 越好（{values}），结论和可领不变差", f"a better {fact} ({values}) is never decided worse"
    trial = Trial(claim, pack, provision, how)
    ordered = trial.fact_read(fact)
    if ordered.type is Type.ITEMS:
        raise PackError(f"`{fact}` is a list of items, which have no order; name a fact of theirs")
    _read_order(ordered, ranked, problems)
    if problems:
        raise CaseError(problems)

    def check(drawn: Drawn) -> bool:
        seen = False
        for case, path in _with_places(trial, drawn, fact, ordered):
            found = [(value, trial.maybe(with_fact(case, path, value))) for value in ranked]
            seen = seen or any(d is not None and d.outcome in GRANTED for _, d in found)
            for two in pairwise(value for value, d in found if d is not None and not _left_open(d)):
                for one, (worse, better) in complete(trial, case, _values(path, two), _may_fall):
                    shown = {f"{path} = {value}": d for value, d in zip(two, (worse, better), strict=True)}
                    raise trial.broken(with_fact(one, path, two[1]), shown)
        return seen

    trial.on(trial.turned(), check)


def no_cliff(
    pack: str | os.PathLike[str] | Pack,
    provision: str,
    fact: str,
    step: int | Decimal,
    most: int | Decimal,
    **how: Unpack[How],
) -> None:
    """Assert that one step more of a number changes what is payable by no more than so much.

    Args:
        pack: an id, the path of a pack file, or a `Pack`.
        provision: the id of the provision.
        fact: the path of a number or a sum without numbers of items, as in `organization.ventures.amount`.
        step: the step, in the unit of the fact; a sum in yuan.
        most: yuan, at either end of what is payable. What is not met pays nothing.
        how: see `How`.

    Raises:
        AssertionError: some step changes more; or no case drawn was ever granted a sum.
        CaseError: the step or the sum is no exact number.
        CaseError, PackError: as for `Trial`.

    >>> no_cliff("yangpu", "venture_match", "organization.ventures.amount", 100, 50)
    """
    __tracebackhide__ = True
    problems: list[Problem] = []
    number("step", step, problems, more_than_nothing=True)
    number("most", most, problems)
    if problems:
        raise CaseError(problems)
    claim = f"{fact} 每差 {step}，可领相差不超过 {most} 元", f"{step} of {fact} change no more than {most} yuan"
    trial = Trial(claim, pack, provision, how)
    trial.see_grant()
    stepped = trial.fact_read(fact)
    if stepped.type not in {Type.NUMBER, Type.MONEY}:
        raise PackError(f"`{fact}` is no number and no sum, of which there could be one step more")

    def apart(_: Drawn, decisions: Sequence[Decision]) -> bool:
        one, other = decisions
        if any(d.missing for d in decisions):
            (low, high), (least, greatest) = (may_come_to(d, lambda found: found.payable) for d in decisions)
            return _more(high, least, most) or _more(greatest, low, most)
        if not {one.outcome, other.outcome} <= RANKS.keys():
            return False
        before, after = (d.payable or NOTHING for d in decisions)
        return _apart(before.min, after.min) > most or _apart(before.max, after.max) > most

    def check(drawn: Drawn) -> bool:
        seen = False
        for case, path in _with_places(trial, drawn, fact, stepped):
            for number_ in _numbers(trial, case, stepped):
                two = _written(number_), _written(number_ + Fraction(step))
                asked = _values(path, two)
                seen = seen or any(d is not None and d.outcome is Outcome.MET for d in map(trial.maybe, asked(case)))
                for one, decisions in complete(trial, case, asked, apart):
                    shown = {f"{path} = {value}": d for value, d in zip(two, decisions, strict=True)}
                    raise trial.broken(with_fact(one, path, two[1]), shown)
        return seen

    trial.on(trial.turned(), check)


# -------------------------------------------------------------------------------------------------------- what is worse


def _read_order(fact: Fact, ranked: Sequence[object], problems: list[Problem]) -> None:
    """See that the fact can hold each of some values, and that none stands there twice."""
    read: list[object] = []
    for value in ranked:
        wrong: list[Problem] = []
        parts = listed("order", value, wrong, of="what the fact holds") if fact.type in ELEMENTS else (value,)
        try:
            stored = [read_value(fact, part) for part in parts]
        except Unfit as told_:
            wrong.append(Problem("order", str(told_)))
        if not wrong and stored in read:
            wrong.append(Problem("order", f"`{shown(value)}` stands there twice; keep one"))
        read += [] if wrong else [stored]
        problems += wrong


def _with_places(trial: Trial, drawn: Drawn, path: str, fact: Fact) -> Iterator[tuple[Drawn, str]]:
    """The case, with each place of the fact; where it lists no item that could have it, ways to complete it that do."""
    cases = [drawn]
    if next(places(drawn.case, path, fact), None) is None:
        cases = [*completed(trial, drawn)]
    for case in cases:
        yield from ((case, place) for place in places(case.case, path, fact))


def _values(path: str, values: Sequence[object]) -> Asked:
    """The case with each of some values at a place."""
    return lambda drawn: [with_fact(drawn, path, value) for value in values]


def _written(number_: Fraction) -> int | str:
    """A number as a case file has it."""
    return int(number_) if number_.denominator == 1 else number_text(number_)


def _left_open(decision: Decision) -> bool:
    """Whether the text leaves the outcome open, whatever else is told."""
    return decision.outcome is Outcome.UNDETERMINED and not decision.missing


def _may_fall(_: Drawn, decisions: Sequence[Decision]) -> bool:
    """Whether the second decision is worse than the first; while facts are missing, whether it may be."""
    worse, better = decisions
    if not any(d.missing for d in decisions):
        return {worse.outcome, better.outcome} <= RANKS.keys() and not _at_least(better.finding, worse.finding)
    if worse.outcome is Outcome.NOT_MET:
        return False
    surely = better.outcome is Outcome.MET or better.outcome is worse.outcome is Outcome.DISCRETIONARY
    (_low, high), (least, _most) = (may_come_to(d, lambda found: found.payable) for d in decisions)
    return not surely or _more(high, least, 0)


def _more(high: Decimal | None, low: Decimal, most: Decimal | int) -> bool:
    """Whether the one is more than the other by more than so much; no bound is more than any."""
    return high is None or high - low > most


def _at_least(better: Finding, worse: Finding) -> bool:
    """Whether one decision is not worse than another, in outcome and at both ends of what is payable."""
    if RANKS[better.outcome] < RANKS[worse.outcome]:
        return False
    if worse.payable is None or worse.outcome not in GRANTED:
        return True
    more, less = better.payable, worse.payable
    return more is not None and more.min >= less.min and (more.max is None or within(less.max, more.max))


def within(inner: Decimal | None, outer: Decimal | None) -> bool:
    """Whether one upper end is no further than another; None is without end."""
    return outer is None or (inner is not None and inner <= outer)


def _apart(one: Decimal | None, other: Decimal | None) -> Decimal:
    """How far two ends lie apart; without bound is infinitely far from any sum."""
    if one is None or other is None:
        return ZERO if one is other else Decimal("Infinity")
    return abs(one - other)


def _numbers(trial: Trial, drawn: Drawn, fact: Fact) -> Iterator[Fraction]:
    """Numbers at which to take a step: what the rules compare the fact or limit it with."""
    for value in trial.candidates(drawn.as_of).of(fact, drawn.as_of):
        yield Fraction(str(write_value(fact, value)))
