"""What it would take: the cheapest sets of changes of a case under which a provision is met, or pays more.

The search begins where the decision fails, and follows what could turn that (`wishes`), change by change; every set of
changes is decided by the reference interpreter on a case that was read like any other.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import get_args

from .answer import Decision
from .assess import answer_to, questions, read_changed
from .calendar import shift as period_end
from .calendar import years
from .case import Case, read_case
from .case_difference import FactChange, differences
from .case_edit import fact_at, learned, told
from .decision import Finding, Outcome
from .errors import CaseError, Problem, nearest
from .evaluate import Evaluator
from .money import Amount
from .pack import Pack
from .paths import Path, Paths, Wanted, best
from .place import Env, members
from .plan import Plan
from .question import Question
from .wishes import Wish, Wishes

MOST_CHANGES = 4
"""How many changes a path has at the most, unless it is told otherwise."""
LIMIT = 10
"""How many paths are given; once there are as many, no sets of more changes are looked at."""
TRIED = 2000
"""How many cases are decided before the search is given up; what was found is then told as not complete."""
HORIZON = years(10)
"""How far it is looked whether waiting alone does it."""


def paths_to(
    case: object,
    pack: str | Pack,
    provision: str,
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
    *,
    wanted: Wanted = "met",
    most: int = MOST_CHANGES,
) -> Paths:
    """The cheapest sets of changes of changeable facts under which a provision is met, or pays more.

    A change tells a fact, changes one, adds an item to a collection or says that a collection is complete. Fixed facts
    (a founding date, a conclusion given) and payments received stay as they are; of a new item every fact is free, but
    it is of the day of the question. Every path is decided by the reference interpreter, and the whole case is read
    again like any other.

    Args:
        case: a `Case`, or whatever `load_case` reads.
        pack: an id, the path of a pack file, or a `Pack`.
        provision: its id.
        as_of: as for `assess`.
        readings: as for `assess`.
        wanted: `met`, where words always leave it to the authority `discretionary`; or `more`: the outcome that best,
            with a larger sum payable at the most than now.
        most: how many changes a path may have at the most.

    Raises:
        CaseError: as for `assess`; also where there is no such provision about the case, or more is wanted of one
            without a sum.
        PackError: the pack is not found or has mistakes.

    >>> case = {"organization": {"status": "registered", "division": "310110", "payments": [], "assessments": []}}
    >>> found = paths_to(case, "yangpu", "grade_award", "2023-06-01").paths[0]
    >>> [(c.kind, c.path, c.after) for c in found.changes]
    [('added', 'organization.assessments', {'announced_on': '2023-06-01', 'grade': '3A'})]
    """
    if wanted not in get_args(Wanted):
        raise CaseError(Problem("wanted", f"`{wanted}` is not offered{nearest(wanted, get_args(Wanted))}"))
    (question,) = questions(case, [pack], as_of, readings, "reference")
    plans = {p.provision.id: p for p in question.plans}
    if provision not in plans:
        raise CaseError(Problem("provision", question.unknown(provision)))
    plan = plans[provision]
    if wanted == "more" and plan.low is None:
        raise CaseError(
            Problem("wanted", f"`{provision}` gives no sum of which there could be more; leave it at `met`")
        )
    answer_to(question)  # a case that contradicts itself leads nowhere
    now = Decision(question.engine.decide(plan), plan, question)
    search = _Search(question, plan, _Goal(plan, now.finding, wanted), most)
    found, complete = search.run()
    fixed = tuple(m for m in now.missing if (f := fact_at(question.case, m)) is not None and not f.changeable)
    return Paths(now, wanted, found, _waiting(now, search.goal), fixed, complete)


class _Goal:
    """What a path has to lead to."""

    def __init__(self, plan: Plan, now: Finding, wanted: Wanted) -> None:
        self.wanted, self._best = wanted, best(plan)
        self._now = now.payable if now.outcome is self._best else None
        self._known = {*now.missing}
        """What is missing already: a sum that is larger only because something new is not known is no larger sum."""

    def reached(self, finding: Finding) -> bool:
        """Whether a finding is as wanted."""
        if finding.outcome is not self._best:
            return False
        return self.wanted == "met" or (self._known >= {*finding.missing} and self._is_more(finding.payable))

    def _is_more(self, payable: Amount | None) -> bool:
        if payable is None or (self._now is not None and self._now.max is None):
            return False
        return payable.max is None or payable.max > (self._now.max if self._now and self._now.max else 0)


def _waiting(now: Decision, goal: _Goal) -> dt.date | None:
    """The first later day on which the goal is reached if nothing but time changes."""
    question, plan = now.question, now.plan
    end, day = period_end(question.as_of, HORIZON), question.engine.until(now.plan)
    if goal.reached(now.finding):
        return None
    while day is not None and day <= end:
        later = question.moved(day)
        if goal.reached(later.engine.decide(plan)):
            return day
        day = later.engine.until(plan)
    return None


Node = tuple[str | None, Question]
"""A changed case, and the item that is to be decided as wanted (None: the provision decides once)."""


class _Search:
    """From the case as it is, one change after the other; sets of fewer changes first.

    Of a provision that decides item by item, one item is enough: each is followed for itself, and a new one.
    """

    def __init__(self, question: Question, plan: Plan, goal: _Goal, most: int) -> None:
        self._question, self._plan, self.goal, self._most = question, plan, goal, most
        self._seen: set[tuple[str | None, str]] = set()
        self._left = TRIED

    def run(self) -> tuple[tuple[Path, ...], bool]:
        """The paths, the cheapest first, and whether all sets of so many changes were looked at."""
        if self.goal.reached(self._question.engine.decide(self._plan)):
            return (), True
        found: list[Path] = []
        levels: list[list[Node]] = [[] for _ in range(self._most + 1)]
        for node in self._begun():
            self._take(node, levels, found)
        for level in levels:
            for node in level:  # it grows while it is gone through: some wishes refine what was added
                for other in self._beyond(node):
                    self._take(other, levels, found)
                if self._left <= 0:
                    return self._ranked(found), False
            if len(found) >= LIMIT:
                break
        return self._ranked(found), True

    def _begun(self) -> Iterator[Node]:
        """The case as it is, once for each item that there is; and with a new one."""
        item, ev = self._plan.item, self._question.evaluator
        if item is None:
            yield None, self._question
            return
        for place in members(ev.root, item.collection.fact, ev.as_of).here:
            yield place.path, self._question
        for wish in Wishes(ev, lambda _: False, self._most).item(item):
            held = self._question.case.record.values.get(item.collection.fact.name)
            other = _changed(self._question, wish)
            if other is not None:
                yield f"{wish.path}[{len(held.records) if held is not None else 0}]", other

    def _take(self, node: Node, levels: list[list[Node]], found: list[Path]) -> None:
        """Keep a case to go on from; or the path that it is."""
        changes = differences(self._question.case, node[1].case)
        if len(changes) > self._most or any(_within(p.changes, changes) for p in found):
            return
        finding = self._decided(node[1])
        if finding is not None and self.goal.reached(finding):
            found += self._minimal(changes)
        elif finding is not None:
            levels[len(changes)].append(node)

    def _ranked(self, found: list[Path]) -> tuple[Path, ...]:
        kept = {_key(p.case): p for p in found if not any(q is not p and _within(q.changes, p.changes) for q in found)}
        return tuple(sorted(kept.values(), key=lambda p: (*p.cost, _key(p.case)))[:LIMIT])

    def _beyond(self, node: Node) -> Iterator[Node]:
        """The cases that are one wish further, each once."""
        focus, asked = node
        wishes = ((w.path, json.dumps(w.value)) for w in self._wishes(focus, asked))
        for path, value in dict.fromkeys(wishes):
            self._left -= 1
            other = _changed(asked, Wish(path, json.loads(value)))
            if other is not None and (key := (focus, _key(other.case))) not in self._seen:
                self._seen.add(key)
                yield focus, other

    def _wishes(self, focus: str | None, asked: Question) -> Iterator[Wish]:
        """What could turn what stands in the way."""
        ev, item = asked.evaluator, self._plan.item
        room = self._most - len(differences(self._question.case, asked.case))
        wishes = Wishes(ev, _new_to(self._question.case), room)
        if item is None:
            yield from self._one(wishes, ev, {})
            return
        for place in members(ev.root, item.collection.fact, ev.as_of).here:
            if place.path == focus:
                yield from self._one(wishes, ev, {item: place})

    def _one(self, wishes: Wishes, ev: Evaluator, env: Env) -> Iterator[Wish]:
        """Of the tests that have to hold, the first that does not, or else is open; then what makes the sum larger."""
        plan, used = self._plan, self._plan.settlement.used if self._plan.settlement else None
        wanted = [(plan.reach, True), (plan.force, True), (plan.when, True)]
        wanted += [(used, False)] if used is not None else []
        wanted += [(plan.discretion, False)] if best(plan) is Outcome.MET else []
        against = [(e, to) for e, to in wanted if ev.value(e, env).truth is not to]
        against.sort(key=lambda one: ev.value(one[0], env).truth is None)
        for expr, to in against[:1]:
            yield from wishes.turn(expr, env, to=to)
        if not against and self.goal.wanted == "more" and plan.high is not None:
            yield from wishes.more(plan.high, env)

    def _decided(self, asked: Question) -> Finding | None:
        """What is decided of a changed case; None where it contradicts itself."""
        finding = asked.engine.decide(self._plan)
        return None if asked.evaluator.problems else finding

    def _minimal(self, changes: tuple[FactChange, ...]) -> Iterator[Path]:
        """The path of these changes, unless some of them are enough, or the whole case contradicts itself then."""
        for size in range(1, len(changes)):
            for some in combinations(changes, size):
                other = _made(self._question, some)
                finding = None if other is None else self._decided(other)
                if finding is not None and self.goal.reached(finding):
                    return
        path = self._replayed(changes)
        if path is not None:
            yield path

    def _replayed(self, changes: tuple[FactChange, ...]) -> Path | None:
        """The path as a question of its own about a case read from plain data."""
        made = _made(self._question, changes)
        if made is None:
            return None
        try:
            case = read_case(made.case.to_dict(), [made.case.root], made.case.own)
            (question,) = questions(case, [made.pack], made.as_of, made.readings, "reference")
            answer_to(question)
        except CaseError:
            return None
        decision = Decision(question.engine.decide(self._plan), self._plan, question)
        return Path(changes, decision) if self.goal.reached(decision.finding) else None


def _new_to(case: Case) -> Callable[[str], bool]:
    """Whether a path lies in an item that a case does not have."""

    def is_new(path: str) -> bool:
        above = path
        while "]" in above:
            above = above[: above.rindex("]") + 1]
            if not _tells(case, above):
                return True
            above = above[: above.rindex("[")]
        return False

    return is_new


def _tells(case: Case, item: str) -> bool:
    try:
        return told(case, item) is not None
    except CaseError:
        return False


def _within(some: tuple[FactChange, ...], changes: tuple[FactChange, ...]) -> bool:
    """Whether all of some changes are among others; of an added item, the facts that are told of it."""
    return all(any(_part(c, other) for other in changes) for c in some)


def _part(change: FactChange, other: FactChange) -> bool:
    if change.kind == other.kind == "added" and change.path == other.path:
        return bool(change.after.items() <= other.after.items())
    return change == other


def _key(case: Case) -> str:
    return json.dumps(case.to_dict(), sort_keys=True, ensure_ascii=False)


def _changed(asked: Question, wish: Wish) -> Question | None:
    """The question with a wish come true; None where the case would not be sound."""
    try:
        edit = learned(asked.case, wish.path, wish.value)
        case = read_changed(asked.case, edit.fact, edit.case, [asked.pack])
    except CaseError:
        return None
    return asked.about(case, edit.fact)


def _made(asked: Question, changes: tuple[FactChange, ...]) -> Question | None:
    """The question with all of these changes made."""
    made: Question | None = asked
    for change in changes:
        path = f"{change.path}.complete" if change.kind == "completed" else change.path
        made = _changed(made, Wish(path, change.after)) if made is not None else None
    return made
