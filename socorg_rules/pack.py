"""A pack: one document with its clauses, and the provisions that encode them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Unpack

import attrs

from .amend import Changes, changed
from .arguments import listed
from .canonical import content_hash
from .displayed import Displayed
from .editions import Lapse, Spans, spans, to_day
from .errors import PackError, Problem
from .expr import ALWAYS, Expr, test, walk
from .facts import EntityType, OwnFacts
from .parameters import Parameter, parameters
from .plan import Plan, make_plan
from .provision import Provision, told, tuple_of
from .reading import Reading
from .words import Condition

if TYPE_CHECKING:
    from .document import Document
    from .phrases import Lang

Status = Literal["encoded", "open", "none"]


@attrs.frozen
class Clause:
    """One numbered clause: its locator (`三(一)2`), what it is about in own words, and why it carries no decision.

    A clause that no provision cites needs `none` (the reason) or `open` (the question that the text leaves).
    """

    locator: str
    about: str
    none: str | None = None
    open: str | None = None


@attrs.frozen
class Source:
    """The document: title, authority, number, the day it was issued (ISO, or as far as known) and all its clauses."""

    title: str
    authority: str
    number: str
    issued_on: str
    clauses: tuple[Clause, ...] = attrs.field(validator=tuple_of(Clause, "clause", "`Clause(…)`"))


def _reason(_: object, field: attrs.Attribute[str], given: object) -> None:
    if not isinstance(given, str) or not given.strip():
        raise PackError(f"`{field.name}` is {told(given)}; say in a line why it is so in the law")


@attrs.frozen
class Known:
    """A finding of `verify` that is a property of the law: its name (`never_met:threshold_lowering`), and why."""

    finding: str
    because: str = attrs.field(validator=_reason)


@attrs.frozen
class Coverage:
    """What became of a clause: `encoded` by `provisions`, `open` with the question, or `none` with the reason."""

    clause: str
    status: Status
    provisions: tuple[str, ...]
    note: str

    def to_dict(self) -> dict[str, object]:
        """Plain data, as `socorg-rules coverage --format json` prints it."""
        return {
            "clause": self.clause,
            "status": self.status,
            "provisions": list(self.provisions),
            "note": self.note,
        }


@attrs.frozen(eq=False, slots=False, repr=False)
class Pack(Displayed):
    """The rules of one jurisdiction. Making one checks it, and raises `PackError` with every mistake.

    Args:
        id: its name; `title`: its Chinese title; `edition`: which text it encodes.
        source: the document.
        provisions: in the order of answers.
        reach: for each root entity, the test of to whom the document applies.
        force: the test of when it is in force.
        own: facts that the pack declares for itself.
        divisions: the codes of its place, today's first, then those it had before. A comparison of packs decides a
            case from elsewhere as if it stood under the first; without any, a case stays where it is.
        known: what `verify` finds and the law itself is the reason of.
        normative: False for a report, whose outcomes only say that a practice is matched.
        since, until: the first and the last day of this edition, days or ISO text; None where its text does not say.
            The tests of force count besides.
        earlier: the edition before this one. The pack then holds both, and the day of a question says which decides.
        lapses: the days between two editions on which neither is in force.
    """

    id: str
    title: str
    edition: str
    source: Source
    provisions: tuple[Provision, ...] = attrs.field(
        validator=tuple_of(Provision, "provision", "`Grant(…)`, `Duty(…)` or another")
    )
    reach: tuple[Expr, ...] = attrs.field(default=(), validator=tuple_of(Expr, "test", "an expression"))
    force: Expr = ALWAYS
    own: tuple[OwnFacts, ...] = attrs.field(
        default=(), validator=tuple_of(OwnFacts, "declaration of own facts", "what `own_facts(…)` made")
    )
    divisions: tuple[str, ...] = attrs.field(
        default=(), validator=tuple_of(str, "division code", 'one as in `"310110"`')
    )
    known: tuple[Known, ...] = attrs.field(
        default=(), validator=tuple_of(Known, "declaration of what is known", '`Known("never_met:…", "why")`')
    )
    normative: bool = True
    since: dt.date | None = attrs.field(default=None, converter=to_day)
    until: dt.date | None = attrs.field(default=None, converter=to_day)
    earlier: Pack | None = attrs.field(default=None, repr=False)
    lapses: tuple[Lapse, ...] = attrs.field(default=(), validator=tuple_of(Lapse, "lapse", "`lapse(…)`"))

    def __attrs_post_init__(self) -> None:
        from .check import mistakes  # noqa: PLC0415 - checking reads packs, so it stands above them

        if not isinstance(self.force, Expr):
            raise PackError(f"`force`: {told(self.force)} is no test; write an expression, or leave it out")
        for name, given in (*(("reach", e) for e in self.reach), ("force", self.force)):
            test(given, name)
        found = mistakes(self)
        if found:
            raise PackError(found)

    def __repr__(self) -> str:
        """The pack by its name: its rules fill a book."""
        return f"Pack({self.id!r}, edition={self.edition!r}, {len(self.provisions)} provisions)"

    @cached_property
    def editions(self) -> tuple[Pack, ...]:
        """Every edition, the oldest first. What the pack says of itself is what the newest, the last one, says."""
        return (*(self.earlier.editions if self.earlier is not None else ()), self)

    @cached_property
    def whole(self) -> Pack:
        """Of an edition that `on` gave: the pack with all its editions; else itself."""
        return self

    @cached_property
    def succeeded_on(self) -> dt.date | None:
        """Of what `on` gave: the day from which something else decides; None where nothing does."""
        return None

    @cached_property
    def spans(self) -> Spans:
        """From which day on which edition decides, in order; the first from the beginning of days."""
        return spans(self)

    def on(self, day: dt.date) -> Pack:
        """The edition in force on a day, alone. Where none is, the one that was last, or is the first to come, with
        every provision out of force: never the older text as if it went on.

        Raises:
            PackError: it is no day.
        """
        if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
            raise PackError(f"`{day!r}` is no day; give a `datetime.date`")
        return next(edition for begins, edition in reversed(self.whole.spans) if begins <= day)

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """The numbers of its rules by their addresses (`opening_subsidy.ceiling`), in the order of the provisions."""
        return MappingProxyType(parameters(self))

    @cached_property
    def content_hash(self) -> str:
        """A hash of all that can change a decision, alike in every process; of all editions, where there are several.

        Titles, labels of conditions, reasons of readings, the order of provisions and how the file is written are
        no part of it.
        """
        return content_hash(self)

    def changed(self, **changes: Unpack[Changes]) -> Pack:
        """The same edition with changes, as a scenario; `Changes` says which there are. Earlier editions stay.

        Raises:
            PackError: a change names nothing that there is, or the changed pack has mistakes.
        """
        return changed(self, changes)

    def amend(
        self,
        edition: str,
        since: dt.date | str,
        *,
        until: dt.date | str | None = None,
        lapses: Iterable[Lapse] = (),
        **changes: Unpack[Changes],
    ) -> Pack:
        """The pack with one more edition: this text with changes, in force from the day `since`.

        The day of a question says which edition decides, also for what began under an older one. The edition before
        ends the day before, or where a lapse begins that is declared to reach up to `since`.

        Args:
            edition: the name of the new edition.
            since: its first day, a date or ISO text.
            until: its last day, where it has one.
            lapses: days before `since` on which neither edition is in force, as `lapse(…)` declares them.
            changes: what is different, as `Changes` says.

        Raises:
            PackError: a change names nothing that there is, the changed pack has mistakes, or the editions overlap or
                leave days of which nothing is said; all of it at once.

        >>> from socorg_rules import load_pack
        >>> amended = load_pack("yangpu").amend("2026", "2026-01-01", parameters={"opening_subsidy.ceiling": 20_000})
        >>> [(e.edition, str(e.parameters["opening_subsidy.ceiling"].value)) for e in amended.editions]
        [('2021-07-21', '10000.00'), ('2026', '20000.00')]
        """
        problems: list[Problem] = []
        if not isinstance(edition, str) or not edition.strip():
            problems.append(Problem(f"{self.id}.edition", f"`{edition!r}` is no name of an edition; write a text"))
        added = listed(f"{self.id}.lapses", lapses, problems, of="lapses")
        if problems:
            raise PackError(problems)
        begins, ends = to_day(since), to_day(until)
        lapsed = (*self.lapses, *added)
        about = {"edition": edition, "since": begins, "until": ends, "lapses": lapsed, "earlier": self}
        return changed(self, changes, **about)

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        """Each provision with its pack's defaults filled in, by id; what every interpreter reads."""
        return MappingProxyType({p.id: make_plan(p, self.id, self.reach, self.force) for p in self.provisions})

    @cached_property
    def roots(self) -> tuple[EntityType, ...]:
        """The entities that its provisions are about."""
        return tuple(dict.fromkeys(p.root for p in self.plans.values()))

    @cached_property
    def _about(self) -> Mapping[EntityType, tuple[Plan, ...]]:
        return {e: tuple(p for p in self.plans.values() if p.root is e) for e in self.roots}

    def about(self, root: EntityType) -> tuple[Plan, ...]:
        """The provisions about a root entity, in the pack's order."""
        return self._about.get(root, ())

    @cached_property
    def readings(self) -> Mapping[str, Reading]:
        """The readings that its rules use, by name, in the order of their first use."""
        return MappingProxyType({r.name: r for plan in self.plans.values() for r in plan.readings})

    @cached_property
    def default_readings(self) -> Mapping[str, str | None]:
        """The alternative that is taken of each reading where none is chosen; None where it is left open."""
        return MappingProxyType({r.name: r.default for r in self.readings.values()})

    @cached_property
    def coverage(self) -> tuple[Coverage, ...]:
        """What became of every clause of the document."""
        cited: dict[str, dict[str, None]] = {}
        for plan in self.plans.values():
            for clause in citations(plan):
                cited.setdefault(clause, {})[plan.provision.id] = None
        return tuple(
            Coverage(c.locator, "encoded", tuple(cited[c.locator]), c.about)
            if c.locator in cited
            else Coverage(c.locator, "open" if c.open else "none", (), c.open or c.none or "")
            for c in self.source.clauses
        )

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:  # noqa: ARG002 - nothing is left out
        """The document, the provisions, the readings and what became of each clause."""
        from .display.pack import pack_document  # noqa: PLC0415 - what is not shown costs nothing

        return pack_document(self, lang)


def citations(plan: Plan) -> Iterator[str]:
    """The clauses that a provision encodes: its own and its conditions'. A reading asks about its clause, no more."""
    yield plan.provision.clause
    yield from plan.provision.also
    for expr in plan.exprs:
        for node in walk(expr):
            if isinstance(node, Condition) and node.clause:
                yield node.clause
