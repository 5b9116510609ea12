"""What cases cover of the clauses of a pack: for each test, whether some case had it true, false, unknown, decisive.

The questions are put to the reference once more, whatever engine answers them. A test is decisive in a case where the
decision would be another, in outcome, sums or result, had this test alone come out otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from .clause_tests import ClauseTest, clause_tests
from .decide import decide
from .decision import Finding
from .evaluate import RULES, Evaluator
from .expr import Expr
from .known import NO, YES, Value
from .pack import Pack
from .place import Env, Place
from .plan import Plan
from .provision import Provision
from .question import Question

MARKS = ("true", "false", "unknown", "decisive")
OF_TRUTH: Mapping[bool | None, str] = {True: "true", False: "false", None: "unknown"}

Key = tuple[str, str, str]
"""A pack, a provision and the name of a test."""


class _Watching(Evaluator):
    """The reference, noting what the tests come to."""

    def __init__(self, question: Question, tests: Iterable[Expr]) -> None:
        super().__init__(Place(question.case.record, question.case.root.name), question.as_of, question.readings)
        self.seen: dict[Expr, list[bool | None]] = {node: [] for node in tests}

    def value(self, node: Expr, env: Env) -> Value:
        """What is known of a node."""
        found = RULES[type(node)](self, node, env)
        if node in self.seen:
            self.seen[node].append(found.truth)
        return found


class _Turned(Evaluator):
    """The reference, with one test the contrary of what it is; where it is unknown, what is `instead`."""

    def __init__(self, question: Question, node: Expr, instead: Value) -> None:
        super().__init__(Place(question.case.record, question.case.root.name), question.as_of, question.readings)
        self._node, self._instead = node, instead

    def value(self, node: Expr, env: Env) -> Value:
        """What is known of a node."""
        found = RULES[type(node)](self, node, env)
        if node is not self._node:
            return found
        return {True: NO, False: YES, None: self._instead}[found.truth]


@attrs.frozen
class Row:
    """A test, and which marks some case has given it. `unknown` does not count where no case can leave it unknown."""

    pack: str
    provision: str
    clause: str
    name: str
    label: str
    marks: Mapping[str, bool]

    @property
    def lacks(self) -> tuple[str, ...]:
        """The marks that no case has given it."""
        return tuple(m for m, had in self.marks.items() if not had)

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return attrs.asdict(self)


class ClauseCoverage:
    """Counts what questions cover of these packs. It is an observer of `assess` (`OBSERVERS`)."""

    def __init__(self, packs: Iterable[Pack] = ()) -> None:
        self._tests: dict[Provision, tuple[ClauseTest, ...]] = {}
        self._rows: dict[Key, Row] = {}
        self._seen: set[object] = set()
        for pack in packs:
            for edition in reversed(pack.editions):
                for plan in edition.plans.values():
                    self._begin(pack, edition, plan)

    def _begin(self, pack: Pack, edition: Pack, plan: Plan) -> None:
        """Nothing is covered yet. A provision that editions share is one; an older text of it counts by itself."""
        if plan.provision in self._tests:
            return
        older = "" if edition is pack else f" ({edition.edition})"
        tests = (attrs.evolve(t, provision=f"{t.provision}{older}") for t in clause_tests(plan))
        self._tests[plan.provision] = tuple(tests)
        for test in self._tests[plan.provision]:
            marks = {m: False for m in MARKS if not (m == "unknown" and test.always_known)}
            row = Row(pack.id, test.provision, test.clause, test.name, test.label, marks)
            self._rows[pack.id, test.provision, test.name] = row

    def __call__(self, question: Question) -> None:
        """Note what a question had the tests come to."""
        for plan in question.plans:
            if plan.provision in self._tests:
                self._note(plan, question)

    def _note(self, plan: Plan, question: Question) -> None:
        pack, tests = question.pack.id, self._tests[plan.provision]
        rows = {test: self._rows[pack, test.provision, test.name] for test in tests}
        if not any(row.lacks for row in rows.values()):
            return
        watching = _Watching(question, (t.node for t in tests))
        found = _decided(decide(plan, watching))
        seen = {test: watching.seen[test.node] for test in tests}
        alike = plan.provision, found, tuple(frozenset(truths) for truths in seen.values())
        if alike in self._seen:  # every test came out so before, and so did the decision
            return
        self._seen.add(alike)
        for test, truths in seen.items():
            marks = {OF_TRUTH[t] for t in truths}
            if truths and not rows[test].marks["decisive"] and _decides(test, plan, question, found):
                marks.add("decisive")
            self._give(rows[test], marks)

    def _give(self, row: Row, marks: Iterable[str]) -> None:
        given = set(marks)
        if given & set(row.lacks):
            new = {m: had or m in given for m, had in row.marks.items()}
            self._rows[row.pack, row.provision, row.name] = attrs.evolve(row, marks=new)

    def merge(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add what another process has counted, as plain data."""
        for data in rows:
            row = Row(**data)
            known = self._rows.setdefault((row.pack, row.provision, row.name), row)
            self._give(known, (m for m, had in row.marks.items() if had))

    def rows(self) -> list[Row]:
        """Every test, in the order of packs and clauses."""
        return list(self._rows.values())

    @property
    def percent(self) -> float:
        """How many of a hundred marks have been given; a hundred where there are none to give."""
        return percent(self.rows())

    def to_dict(self) -> dict[str, Any]:
        """Plain data: the share in all and by pack, and every test with its marks."""
        rows = self.rows()
        by_pack = {name: [r for r in rows if r.pack == name] for name in dict.fromkeys(r.pack for r in rows)}
        packs = [
            {"pack": name, "percent": percent(of_it), "tests": [r.to_dict() for r in of_it]}
            for name, of_it in by_pack.items()
        ]
        return {"percent": self.percent, "packs": packs}


def percent(rows: Iterable[Row]) -> float:
    """How many of a hundred marks have been given."""
    marks = [had for row in rows for had in row.marks.values()]
    return round(100 * sum(marks) / len(marks), 2) if marks else 100.0


def _decides(test: ClauseTest, plan: Plan, question: Question, found: object) -> bool:
    """Whether the decision would be another had this test come out otherwise."""
    others = (decide(plan, _Turned(question, test.node, instead)) for instead in (YES, NO))
    return any(_decided(other) != found for other in _once(others, test))


def _once(others: Iterator[Finding], test: ClauseTest) -> Iterator[Finding]:
    """What may be unknown is turned both ways."""
    yield next(others)
    if not test.always_known:
        yield next(others)


def _decided(found: Finding) -> tuple[object, ...]:
    """What makes two decisions the same here."""
    items = None if found.items is None else tuple(map(_decided, found.items))
    return found.outcome, found.reason, found.entitlement, found.payable, found.result, found.due, items
