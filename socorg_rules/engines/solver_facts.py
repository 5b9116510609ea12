"""The facts of a case as unknowns of the solver, and a model of them turned back into a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

import attrs
import z3

from ..case import Case
from ..facts import ELEMENTS, EntityType, Fact, Items, OwnFacts, Record, Type
from ..plan import Plan
from ..reading import Reading
from ..value import LIMIT
from .solver_bounds import MOST, Bounds, Refused, Universe, own_facts_of
from .solver_dates import Calendar, day_of, month_number, month_text, number_of
from .solver_terms import Bool, Num, Ratio, both, conj, disj, eq, iff, le, neg

FREE = "*"
"""The alternative of a reading that the solver may choose."""
DECIMALS = 6
"""How many places a fraction that the solver chose is brought to."""


class NotDecimal(ValueError):  # noqa: N818 - a model that must be asked for once more
    """A number of a model that no case file can tell; `term` is its unknown."""

    def __init__(self, term: Num) -> None:
        super().__init__("a number without an end")
        self.term = term


@attrs.frozen(eq=False)
class Spot:
    """Where a record stands. An `unseen` one stands for items that a collection may have besides."""

    kind: EntityType
    path: str
    unseen: bool = False


@attrs.frozen(eq=False)
class Told:
    """A fact: whether the case tells it, and what. A list is a tuple of members, each with whether it is there."""

    fact: Fact
    known: Bool
    value: Any


@attrs.frozen(eq=False)
class Listed:
    """A collection: whether the case tells it, whether these are all, and its items, each with whether it is there;
    and how often it is, where that is all that matters."""

    fact: Fact
    known: Bool
    complete: Bool
    slots: tuple[tuple[Bool, Spot], ...]
    times: tuple[Num, ...]


class Symbols:
    """The unknowns of all cases within bounds; what holds of each of them is in `domain`."""

    def __init__(
        self,
        plans: Iterable[Plan],
        bounds: Bounds,
        readings: Mapping[str, str | None],
        universe: Universe | None = None,
    ) -> None:
        self.plans, self.bounds, self.readings = tuple(plans), bounds, readings
        self.universe = universe or Universe(self.plans, alike=bounds.items + 1)
        self.domain: list[Bool] = []
        span = bounds.first_year, bounds.last_year
        self.calendar = Calendar(*span, self.universe.reach, z3.Int, self.domain.append)
        day = bounds.as_of
        self.as_of = self.calendar.unknown_day("as_of", never=False) if day is None else number_of(day)
        self.root = Spot(self.plans[0].root, self.plans[0].root.name)
        self._told: dict[str, dict[str, Told]] = {}
        self._listed: dict[str, dict[str, Listed]] = {}
        self._taken: dict[str, Num] = {}
        self._alternatives: dict[str, list[str]] = {}

    # ------------------------------------------------------------------------------------------------- unknowns

    def taken(self, reading: Reading) -> str | Mapping[str, Bool] | None:
        """The alternative taken of a reading: its name, None where it is left open, or that each of them is taken."""
        chosen = self.readings.get(reading.name, reading.default)
        if chosen != FREE:
            return chosen
        number = self._taken.setdefault(reading.name, z3.Int(f"reading {reading.name}"))
        known = self._alternatives.setdefault(reading.name, [])
        known += [a for a in reading.alternatives if a not in known]
        taken = {a: eq(number, known.index(a)) for a in reading.alternatives}
        self.domain.append(disj(taken.values()))
        return taken

    def alternative(self, reading: str, name: str) -> Bool:
        """That an alternative is taken of a reading that the solver may choose."""
        return eq(self._taken[reading], self._alternatives[reading].index(name))

    def fact(self, at: Spot, fact: Fact) -> Told:
        """What is told of a fact."""
        if at.unseen:
            return Told(fact, known=False, value=self._nothing(fact))
        found = self._told.setdefault(at.path, {})
        if fact.name not in found:
            name = f"{at.path}.{fact.name}"
            loose = fact.identifies or (at.kind, fact.name) in self.universe.stated
            sure = self.bounds.complete and not loose
            found[fact.name] = Told(fact, True if sure else z3.Bool(f"{name} known"), self._unknown(name, fact))
        return found[fact.name]

    def listed(self, at: Spot, fact: Fact) -> Listed:
        """What is told of a collection."""
        assert fact.of is not None  # noqa: S101 - collections have entities
        if at.unseen:
            return Listed(fact, known=False, complete=False, slots=(), times=())
        found = self._listed.setdefault(at.path, {})
        if fact.name not in found:
            name = f"{at.path}.{fact.name}"
            here = [z3.Bool(f"{name}[{i}] listed") for i in range(self.bounds.items)]
            self.domain += [z3.Implies(after, before) for before, after in pairwise(here)]
            slots = tuple((there, Spot(fact.of, f"{name}[{i}]")) for i, there in enumerate(here))
            times: tuple[Num, ...] = (1,) * len(slots)
            if (at.kind, fact.name) in self.universe.counted:
                times = tuple(z3.Int(f"{spot.path} times") for _, spot in slots)
                self.domain += [z3.And(n >= 1, n <= MOST) for n in times]
            sure = self.bounds.complete
            told = sure or z3.Bool(f"{name} known"), sure or z3.Bool(f"{name} complete")
            found[fact.name] = Listed(fact, *told, slots, times)
        return found[fact.name]

    def _nothing(self, fact: Fact) -> Any:  # noqa: ANN401
        return () if fact.type in ELEMENTS else False if fact.type is Type.YES_NO else 0

    def _unknown(self, name: str, fact: Fact) -> Any:  # noqa: ANN401 - of whatever type the fact has
        if fact.uscc:
            raise Refused(f"`{name}`, a code with a check character")
        if fact.type in ELEMENTS:
            return self._list(name, fact)
        if fact.type is Type.YES_NO:
            return z3.Bool(name)
        if fact.type is Type.DATE:
            return self.calendar.unknown_day(name, never=True)
        real = fact.type is Type.NUMBER and not fact.whole
        made = z3.Real(name) if real else z3.Int(name)
        self.domain.append(conj(self._holds_of(made, fact)))
        return made

    def _holds_of(self, made: Num, fact: Fact) -> Iterable[Bool]:
        match fact.type:
            case Type.TEXT:
                closed = bool(fact.values) and not fact.open_values
                yield _among(made, [self.text(v) for v in fact.values]) if closed else made >= 0
            case Type.DIVISION:
                yield conj((made >= 0, made < len(self.universe.divisions)))
            case Type.MONTH | Type.MONTHS:
                yield conj((made >= self.bounds.first_year * 12, made < (self.bounds.last_year + 1) * 12))
            case _:
                scale = 100 if fact.type is Type.MONEY else 1
                low = -LIMIT + 1 if fact.low is None else fact.low
                high = LIMIT - 1 if fact.high is None else fact.high
                yield conj((le(low * scale, made), le(made, high * scale)))

    def _list(self, name: str, fact: Fact) -> tuple[tuple[Bool, Num], ...]:
        named, others = self.universe.wanted(fact)
        element = attrs.evolve(fact, type=ELEMENTS[fact.type])
        members = [(z3.Bool(f"{name} holds {v}"), self.plain(element, v)) for v in named]
        for i in range(max(others, self.bounds.items) if others else 0):
            there, other = z3.Bool(f"{name}[{i}] listed"), z3.Int(f"{name}[{i}]")
            self.domain.append(conj(self._holds_of(other, element)))
            self.domain += [z3.Implies(z3.And(there, already), other != value) for already, value in members]
            self.domain += [other != value for _, value in members[: len(named)]]
            members.append((there, other))
        return tuple(members)

    def plain(self, fact: Fact, value: Any) -> Num:  # noqa: ANN401
        """The number that stands for a value; a yes/no or a number stands for itself."""
        match fact.type:
            case Type.TEXT:
                return self.text(value)
            case Type.DIVISION:
                return self.universe.divisions.index(value)
            case Type.DATE:
                return number_of(value)
            case Type.MONTH:
                return month_number(value)
        return value

    def text(self, text: str) -> int:
        """The number of a text."""
        return self.universe.texts.setdefault(text, len(self.universe.texts))

    def reads(self, at: Spot, fact: Fact) -> bool:
        """Whether anything has been read of a collection."""
        return fact.name in self._listed.get(at.path, {})

    def ids_apart(self) -> Iterable[Bool]:
        """That no two items of a collection have one id."""
        for listed in (one for facts in self._listed.values() for one in facts.values()):
            ids = [(there, self._told.get(spot.path, {}).get("id")) for there, spot in listed.slots]
            named = [(conj((listed.known, there, told.known)), told.value) for there, told in ids if told is not None]
            yield from (neg(conj((a, b, eq(v, w)))) for i, (a, v) in enumerate(named) for b, w in named[:i])

    # ----------------------------------------------------------------------------------------------- a given case

    def fixed(self, record: Record, as_of: dt.date) -> Bool:
        """That the case is this one, of which no collection holds more items than the bounds admit."""
        return conj((eq(self.as_of, number_of(as_of)), *self._as_in(self.root, record)))

    def _as_in(self, at: Spot, record: Record) -> Iterable[Bool]:
        for told in self._told.get(at.path, {}).values():
            fact = told.fact
            value = record.values.get(fact.name)
            if value is None:
                yield neg(told.known)
            elif fact.type in ELEMENTS:
                element = attrs.evolve(fact, type=ELEMENTS[fact.type])
                held = [self.plain(element, v) for v in value]
                yield told.known
                yield from (iff(there, disj(eq(v, h) for h in held)) for there, v in told.value if isinstance(v, int))
                free = [(there, v) for there, v in told.value if not isinstance(v, int)]
                named = [v for _, v in told.value if isinstance(v, int)]
                rest = [h for h in held if h not in named]
                yield from (both(there, eq(v, h)) for (there, v), h in zip(free, rest, strict=False))
                yield from (neg(there) for there, _ in free[len(rest) :])
            else:
                yield told.known
                same = iff if fact.type is Type.YES_NO else eq
                yield same(told.value, self.plain(fact, value))
        for listed in self._listed.get(at.path, {}).values():
            fact = listed.fact
            items = record.values.get(fact.name)
            yield iff(listed.known, items is not None)
            records = items.records if items is not None else ()
            yield iff(listed.complete, items is None or items.complete)
            for i, (there, spot) in enumerate(listed.slots):
                yield iff(there, i < len(records))
                yield eq(listed.times[i], 1)
                if i < len(records):
                    yield from self._as_in(spot, records[i])

    # -------------------------------------------------------------------------------------------- a found case

    def case(self, model: Any) -> Case:  # noqa: ANN401 - z3's own
        """The case that a model stands for.

        Raises:
            NotDecimal: it holds a number that cannot be written.
        """
        own = tuple(OwnFacts(pack, kind, facts) for (kind, pack), facts in own_facts_of(self.plans).items())
        return Case(self.root.kind, self._record(model, self.root, {}), own)

    def day(self, model: Any) -> dt.date:  # noqa: ANN401
        """The day of the question in a model."""
        return day_of(int(number_in(model, self.as_of)))

    def alternatives(self, model: Any) -> dict[str, str | None]:  # noqa: ANN401
        """The alternatives that the solver chose of the readings that it may choose."""
        return {name: self._alternatives[name][int(number_in(model, n))] for name, n in self._taken.items()}

    def _record(self, model: Any, at: Spot, fresh: dict[int, str]) -> Record:  # noqa: ANN401
        values: dict[str, Any] = {}
        for told in self._told.get(at.path, {}).values():
            fact = told.fact
            if truth_in(model, told.known):
                values[fact.name] = self._value(model, fact, told.value, fresh)
        for listed in self._listed.get(at.path, {}).values():
            fact = listed.fact
            if truth_in(model, listed.known):
                records: list[Record] = []
                for (there, spot), times in zip(listed.slots, listed.times, strict=True):
                    if truth_in(model, there):
                        records += [self._record(model, spot, fresh)] * int(number_in(model, times))
                values[fact.name] = Items(tuple(records), truth_in(model, listed.complete))
        return Record(at.kind, values)

    def _value(self, model: Any, fact: Fact, value: Any, fresh: dict[int, str]) -> object:  # noqa: ANN401
        if fact.type in ELEMENTS:
            element = attrs.evolve(fact, type=ELEMENTS[fact.type])
            return tuple(self._value(model, element, v, fresh) for there, v in value if truth_in(model, there))
        if fact.type is Type.YES_NO:
            return truth_in(model, value)
        found = number_in(model, value)
        if (found * 10**12).denominator != 1:
            raise NotDecimal(value)
        written: Mapping[Type, Callable[[int], object]] = {
            Type.TEXT: lambda n: self._text(n, fresh),
            Type.DIVISION: self.universe.divisions.__getitem__,
            Type.DATE: day_of,
            Type.MONTH: month_text,
        }
        number = found.numerator if found.denominator == 1 else found
        return written[fact.type](found.numerator) if fact.type in written else number

    def _text(self, number: int, fresh: dict[int, str]) -> str:
        named = [*self.universe.texts]
        if number < len(named):
            return named[number]
        if number not in fresh:
            free = (
                w for n in range(1000) for w in (f"{c}{n or ''}" for c in "甲乙丙丁") if w not in self.universe.texts
            )
            fresh[number] = next(w for w in free if w not in fresh.values())
        return fresh[number]


def _among(made: Num, numbers: list[int]) -> Bool:
    first, last = min(numbers), max(numbers)
    if last - first + 1 == len(set(numbers)):
        return conj((made >= first, made <= last))
    return disj(made == n for n in numbers)


def truth_in(model: Any, made: Bool) -> bool:  # noqa: ANN401 - z3's own
    """What a truth comes to in a model."""
    return made if isinstance(made, bool) else z3.is_true(model.eval(made, model_completion=True))


def number_in(model: Any, made: Num) -> Fraction:  # noqa: ANN401
    """What a quantity comes to in a model.

    Raises:
        NotDecimal: it is no fraction.
    """
    if isinstance(made, int | Fraction):
        return Fraction(made)
    if isinstance(made, Ratio):
        return number_in(model, made.part) / number_in(model, made.whole)
    found = model.eval(made, model_completion=True)
    if not z3.is_rational_value(found) and not z3.is_int_value(found):
        raise NotDecimal(made)
    return Fraction(found.as_long()) if z3.is_int_value(found) else found.as_fraction()
