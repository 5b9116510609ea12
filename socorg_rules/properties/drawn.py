"""What properties are tried on: drawn cases with a day, put to one provision, and how a counterexample is told."""

from __future__ import annotations

import datetime as dt
import difflib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypedDict

import attrs
import yaml
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from .. import strategies
from ..answer import Decision
from ..arguments import language, whole_number
from ..assess import questions, read_day, read_readings
from ..case_tests.changed import changed
from ..case_tests.expected import ExpectationError
from ..case_tests.told import written
from ..change.candidates import Candidates
from ..decision import Finding
from ..editions import repealed
from ..errors import CaseError, PackError, Problem, nearest
from ..facts import EntityType, Fact
from ..load import load_pack
from ..pack import Pack
from ..phrases import Lang
from ..plan import Plan
from ..provision import Grant
from ..question import Question
from ..reads import read_by_entity

Case = Mapping[str, Any]
"""A case as a case file holds it."""
Readings = Mapping[str, str | None]
WHOLE = "*"
"""In the place of a provision: all of the pack."""
TURNS = st.integers(0, 9_999)


class How(TypedDict, total=False):
    """How a property is tried.

    `examples`: how many cases are drawn (60). `as_of`: the day to ask on; days near the dates of the rules where left
    out. `readings`: the alternative to take, by reading; else its default. `lang`: the language of the counterexample,
    `zh` or `en`.

    A property is judged under these readings alone. One that has no default and is not given stays open, or is closed
    in some way where no case would be granted otherwise: ask with each of its alternatives in turn to know of each.
    """

    examples: int
    as_of: dt.date | str
    readings: Readings
    lang: Lang


@attrs.frozen
class Drawn:
    """A case, the day and the readings to ask with; and `turn`, which says with which values of missing facts to begin
    where it is completed."""

    case: Case
    as_of: dt.date
    readings: Readings = attrs.field(factory=dict)
    turn: int = 0


class Trial:
    """One property of one provision, or of a whole pack, on drawn cases.

    Args:
        claim: what is claimed, in Chinese and in English.
        pack: an id, the path of a pack file, or a `Pack`.
        provision: the id of the provision; `WHOLE` where all of the pack is meant.
        how: how it is tried.

    Raises:
        CaseError: a reading, the day or another way to try it is not valid.
        PackError: the pack is not found or has mistakes, or has no such provision.
    """

    def __init__(self, claim: tuple[str, str], pack: str | os.PathLike[str] | Pack, provision: str, how: How) -> None:
        __tracebackhide__ = True
        ways = How.__annotations__
        problems = [Problem(name, f"no such way to try it{nearest(name, ways)}") for name in how.keys() - ways.keys()]
        self._lang: Lang = language(how.get("lang", "zh"), problems)
        self._claim = claim[0 if self._lang == "zh" else 1]
        self._examples = whole_number("examples", how.get("examples", 60), problems)
        self._readings = how.get("readings", {})
        as_of = how.get("as_of")
        self.as_of = None if as_of is None else read_day(as_of, problems)
        self.pack = (pack if isinstance(pack, Pack) else load_pack(pack)).whole
        read_readings([self.pack], self._readings, problems)
        if problems:
            raise CaseError(problems)
        self._editions = self.pack.editions if self.as_of is None else (self.pack.on(self.as_of),)
        self._provision = provision
        self._tried = False
        known = {name for edition in self._editions for name in edition.plans}
        if provision != WHOLE and provision not in known:
            raise PackError(f"`{self.pack.id}` has no provision `{provision}`{nearest(provision, known)}")

    # ----------------------------------------------------------------------------------------------- provisions

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The provision as each edition has it, the newest last; of a whole pack, every one."""
        named = [e.plans for e in self._editions]
        return tuple(p for plans in named for name, p in plans.items() if self._provision in {name, WHOLE})

    def plan(self, day: dt.date) -> Plan:
        """The provision as the edition in force on a day has it; where that one does not, it is not in force."""
        there = self.pack.on(day).plans.get(self._provision)
        return repealed(self.plans[-1]) if there is None else there

    def see_grant(self) -> None:
        """See that the provision is one that grants sums.

        Raises:
            PackError: it is another.
        """
        __tracebackhide__ = True
        if not all(isinstance(plan.provision, Grant) for plan in self.plans):
            told = f"`{self.pack.id}.{self._provision}` is no grant, of which a sum could be claimed"
            raise PackError(told)

    # ------------------------------------------------------------------------------------------------- drawing

    def near(self, *provisions: str) -> st.SearchStrategy[Drawn]:
        """Cases at the edge of a decision about one of these provisions: granted, or one fact away from it."""
        __tracebackhide__ = True
        found = []
        for provision in provisions:
            try:
                pairs = strategies.near(self.pack, provision, as_of=self.as_of, readings=self._readings)
            except PackError:  # none of its cases hangs on one fact
                continue
            found += [pairs.map(self._granted), pairs.map(self._other)]
        if not found:
            raise self._untried()
        return st.one_of(found)

    def turned(self) -> st.SearchStrategy[Drawn]:
        """The same of the provision, each to be completed in ways of its own."""
        __tracebackhide__ = True
        return st.tuples(self.near(self._provision), TURNS).map(lambda two: attrs.evolve(two[0], turn=two[1]))

    def _granted(self, near: strategies.Near) -> Drawn:
        return Drawn(near.case, near.as_of, {**self._readings, **near.readings})

    def _other(self, near: strategies.Near) -> Drawn:
        return Drawn(near.other, near.as_of, {**self._readings, **near.readings})

    # -------------------------------------------------------------------------------------------------- asking

    def question(self, drawn: Drawn) -> Question:
        """What is asked.

        Raises:
            CaseError: the case is not sound.
        """
        (question,) = questions(drawn.case, [self.pack], drawn.as_of, drawn.readings)
        return question

    def decide(self, drawn: Drawn) -> Decision:
        """What is decided of the provision.

        Raises:
            CaseError: the case is not sound, or contradicts itself.
        """
        question, plan = self.question(drawn), self.plan(drawn.as_of)
        if self._provision not in question.pack.plans:
            question = attrs.evolve(question.with_readings_of(plan), engine_name="reference")
        finding = question.engine.decide(plan)
        question.evaluator.refuse_contradictions()
        return Decision(finding, plan, question)

    def decision(self, drawn: Drawn) -> Decision:
        """The same, where a case that is not sound is no example."""
        try:
            return self.decide(drawn)
        except CaseError:
            assume(condition=False)
            raise

    def maybe(self, drawn: Drawn) -> Decision | None:
        """The same; None where the case is not sound."""
        try:
            return self.decide(drawn)
        except CaseError:
            return None

    def fact(self, path: str) -> Fact:
        """The declared fact that a path without numbers of items leads to; a pack's own facts as well.

        Raises:
            PackError: there is none.
        """
        __tracebackhide__ = True
        if not isinstance(path, str):
            raise PackError(f"`{path!r}` is no path of a fact; write it as in `organization.honours.level`")
        if "[" in path:
            every = re.sub(r"\[[^\]]*\]?", "", path)
            raise PackError(f"`{path}`: numbers of items do not belong here; write `{every}`, which is of each item")
        root, *names = path.split(".")
        known: Mapping[str, EntityType] = {e.name: e for edition in self._editions for e in edition.roots}
        kind, fact = known.get(root), None
        if kind is None or not names:
            raise PackError(f"`{path}` begins with no entity of `{self.pack.id}`{nearest(root, known)}")
        while names:
            facts = self.facts(kind)
            name = names.pop(0)
            if name not in facts and any(f.startswith(f"{name}.") for f in facts) and names:
                name = f"{name}.{names.pop(0)}"  # one of the pack's own
            if name not in facts:
                raise PackError(f"`{path}`: no such fact{nearest(name, facts)}")
            fact = facts[name]
            kind = fact.of
        assert fact is not None  # noqa: S101 - there was a name
        return fact

    def fact_read(self, path: str) -> Fact:
        """The same of a fact that the provision reads: of another every property holds.

        Raises:
            PackError: there is none, or no text of the provision reads it.
        """
        __tracebackhide__ = True
        fact, read = self.fact(path), read_by_entity(self.plans)
        known = [p for root in dict.fromkeys(p.root for p in self.plans) for p in _paths_read(root, root.name, read)]
        if path not in known:
            told = f"`{self.pack.id}.{self._provision}` does not read `{path}`, so that nothing hangs on it"
            rules = [p for p in known if ".payments" not in p]  # what is paid is settled alike everywhere
            close = difflib.get_close_matches(path, rules or known, n=1, cutoff=0)
            raise PackError("; ".join([told, *(f"the nearest fact that it reads is `{one}`" for one in close)]))
        return fact

    def facts(self, kind: EntityType | None) -> Mapping[str, Fact]:
        """The facts of an entity, by name; those of a pack's own with the name of the pack before."""
        own = {f.name: f for e in self._editions for o in e.own if o.entity is kind for f in o.facts.values()}
        return {**(kind.facts if kind else {}), **own}

    def candidates(self, day: dt.date) -> Candidates:
        """The values of facts that matter to the provision on a day."""
        return Candidates((self.plan(day),))

    # --------------------------------------------------------------------------------------------------- trying

    def on(self, drawn: st.SearchStrategy[Any], check: Callable[[Any], bool]) -> None:
        """Try a check on what is drawn; it says whether there was something to see.

        Raises:
            AssertionError: the check failed, or no case had anything to see.
        """
        __tracebackhide__ = True

        @settings(
            max_examples=self._examples,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(drawn)
        def tried(one: Any) -> None:  # noqa: ANN401 - whatever is drawn
            self._tried = check(one) or self._tried

        try:
            tried()
        except AssertionError as error:
            raise AssertionError(str(error)) from None
        if not self._tried:
            raise self._untried()

    def _untried(self) -> AssertionError:
        """Nothing was there to see: a property that no case speaks of is not one that holds."""
        none = "没有找到可检验的案例" if self._lang == "zh" else "no case was found that tells anything about it"
        return AssertionError(
            f"{self._claim}：{self.pack.id}{'' if self._provision == WHOLE else '.' + self._provision}：{none}"
        )

    def broken(self, drawn: Drawn, decisions: Mapping[str, Decision], case: Case | None = None) -> AssertionError:
        """The counterexample: the claim, each decision under its name, the day and the case as a case file."""
        first = next(iter(decisions.values()))
        chinese = self._lang == "zh"
        title = f"{self.pack.id}.{first.provision} {first.title}（{first.clause}）"
        lines = [f"{'不成立' if chinese else 'does not hold'}：{self._claim}", title]
        lines += [f"  {name}：{_in_short(d.finding)}" for name, d in decisions.items()]
        lines += [f"as_of: {drawn.as_of}"]
        defaults = self.pack.on(drawn.as_of).default_readings
        other = {n: a for n, a in drawn.readings.items() if defaults.get(n) != a}
        lines += [f"readings: {written(other)}"] if other else []
        plain = yaml.safe_dump({"case": case or drawn.case}, allow_unicode=True, sort_keys=False)
        return AssertionError("\n".join([*lines, plain.rstrip()]))


def _in_short(found: Finding) -> str:
    """A finding in a line."""
    parts = [found.outcome.value, *([found.reason.value] if found.reason else [])]
    parts += [f"entitlement {written(found.entitlement)}, payable {written(found.payable)}"] if found.payable else []
    parts += [f"missing {', '.join(found.missing)}"] if found.missing else []
    return " ".join(parts)


# ------------------------------------------------------------------------------------------------------ places


def _paths_read(
    kind: EntityType, path: str, read: Mapping[EntityType, Mapping[str, Fact]], above: tuple[EntityType, ...] = ()
) -> Iterator[str]:
    """The paths of the facts that are read below an entity, without numbers of items."""
    for name, fact in read.get(kind, {}).items():
        yield f"{path}.{name}"
        if fact.of is not None and fact.of not in above:
            yield from _paths_read(fact.of, f"{path}.{name}", read, (*above, kind))


def places(case: Case, path: str, fact: Fact | None = None) -> Iterator[str]:
    """Where a fact stands in a case: `organization.honours.level` once for each honour, whether it is told or not.

    Of `fact`, a pack's own, nothing need be told yet.
    """
    names = path.split(".")
    last = fact.name if fact is not None and path.endswith(f".{fact.name}") else names[-1]
    yield from _places(case, [*path.removesuffix(f".{last}").split("."), last], "")


def _places(part: Any, names: list[str], before: str) -> Iterator[str]:  # noqa: ANN401 - a part of a case
    if isinstance(part, list):
        for i, one in enumerate(part):
            yield from _places(one, names, f"{before}[{i}]")
    elif isinstance(part, Mapping) and isinstance(part.get("items"), list) and set(part) <= {"items", "complete"}:
        yield from _places(part["items"], names, before)
    elif isinstance(part, Mapping):
        here = f"{before}.{names[0]}".lstrip(".")
        if len(names) == 1:
            yield here
        elif names[0] in part:
            yield from _places(part[names[0]], names[1:], here)


def told(case: Case, path: str) -> Any:  # noqa: ANN401 - of whatever type the fact has
    """What a case tells at a place; None where it tells nothing."""
    found: Any = case
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path):
        if index:
            found = found["items"] if isinstance(found, Mapping) else found
            found = found[int(index)]
        else:
            found = found.get(name) if isinstance(found, Mapping) else None
    return found


def with_fact(drawn: Drawn, path: str, value: object) -> Drawn:
    """The same with one fact another, or not told (None)."""
    try:
        return attrs.evolve(drawn, case=changed(drawn.case, path, value))
    except ExpectationError:
        above, _, name = path.rpartition(".")  # the first own fact of a pack
        untold = value is not None and "." in above and told(drawn.case, above) is None
        return with_fact(drawn, above, {name: value}) if untold else drawn
