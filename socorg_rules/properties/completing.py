"""Cases in full: what the decisions about a case miss is told, in the ways that keep a claim in doubt.

A drawn case tells what settles an outcome. Its sum may then be a range, and that a range reaches too far says nothing
yet of any one case. Ranges that are left once nothing is missing are those of the text and of open readings.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import islice

from ..answer import Decision
from ..change.reaching import Reaching
from ..change.search import Effort
from ..change.telling import fact_of, own_of, steps, told, value_at
from ..decision import GRANTED, Finding
from ..facts import Items, Record, Type
from ..money import Amount
from ..pack import Pack
from ..plan import Plan
from ..question import Question
from .drawn import Drawn, Trial

MOST_CASES = 20
"""How many cases are looked at to complete one."""
SOME = 3
"""In how many ways a case is completed of which no claim says which way is worth most."""
VAST = 10**14
"""More than any number or sum (in fen) that a rule is about."""

Asked = Callable[[Drawn], Sequence[Drawn]]
"""The cases whose decisions a claim compares, of one that is drawn."""
Doubtful = Callable[[Drawn, Sequence[Decision]], bool]
"""Whether a claim fails of these decisions; while some of them miss facts, whether it may fail once these are told."""


def complete(trial: Trial, drawn: Drawn, asked: Asked, doubtful: Doubtful) -> Iterator[tuple[Drawn, list[Decision]]]:
    """The case with all told that the decisions miss, and these: each way tried in which the claim stays in doubt."""
    yield from _below(trial, drawn, asked, doubtful, Effort(MOST_CASES))


def completed(trial: Trial, drawn: Drawn) -> Iterator[Drawn]:
    """Some ways to complete a case for what is decided of itself."""
    yield from (one for one, _ in islice(complete(trial, drawn, lambda case: [case], lambda *_: True), SOME))


def may_come_to(decision: Decision, of: Callable[[Finding], Amount | None]) -> tuple[Decimal, Decimal | None]:
    """The least and the most that some sum of a decision may be once all is told; None is without end.

    A sum over items is of those that are granted already; the others may join them.
    """
    whole = of(decision.finding)
    least = whole.min if whole is not None and decision.outcome in GRANTED else Decimal(0)
    if decision.items is None or not decision.missing:
        return least, Decimal(0) if whole is None else whole.max
    most = [found.max for item in decision.items if (found := of(item)) is not None]
    known = [one for one in most if one is not None]
    unlisted = decision.plan.collection_path in decision.missing
    return least, None if unlisted or len(known) < len(most) else sum(known, Decimal(0))


def _below(
    trial: Trial, drawn: Drawn, asked: Asked, doubtful: Doubtful, effort: Effort
) -> Iterator[tuple[Drawn, list[Decision]]]:
    these = asked(drawn)
    decisions = [d for d in map(trial.maybe, these) if d is not None]
    if len(decisions) < len(these) or not doubtful(drawn, decisions):
        return
    missing = next((path for d in decisions for path in d.missing), None)
    if missing is None:
        yield drawn, decisions
        return
    reaching = _reaching(trial.pack.on(drawn.as_of), trial.plan(drawn.as_of))
    ways = _ways(reaching, trial.question(drawn), missing)
    turn, begin = divmod(drawn.turn, len(ways) or 1)
    for record in (*ways[begin:], *ways[:begin]):
        if not effort.take(record):
            return
        further = Drawn(reaching.case(record).to_dict(), drawn.as_of, drawn.readings, turn)
        yield from _below(trial, further, asked, doubtful, effort)


def _ways(reaching: Reaching, question: Question, path: str) -> list[Record]:
    """The case with each value that a missing fact may have; none where it is missing of what only a claim adds."""
    record, own = question.case.record, own_of(question.pack.own)
    at, kind = steps(reaching.plan.root, path, own), reaching.plan.root
    for n, (name, index) in enumerate(at):
        fact = fact_of(kind, name, own)
        held = value_at(record, (*at[:n], (name, None)))
        if index is not None and not (isinstance(held, Items) and index < len(held.records)):
            return []
        kind = fact.of or kind
    found = reaching.further(record, at, question.as_of)
    if fact.type in {Type.NUMBER, Type.MONEY} and fact.high is None:
        found.append(told(record, at, VAST))
    return found


@functools.lru_cache(64)
def _reaching(pack: Pack, plan: Plan) -> Reaching:
    return Reaching(pack, plan, {})
