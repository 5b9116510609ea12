"""How the entities of a case are declared: each fact with its type, unit, labels and marks.

An entity is an attrs class. Every fact is optional, and None means *unknown*: never false, zero or empty.

>>> @entity("guild", "行会")
... class Guild:
...     name: str | None = text("名称", identifies=True)
...     founded_on: dt.date | None = date("成立日期", changeable=False)
>>> entity_type(Guild).facts["founded_on"].label
'成立日期'
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar, dataclass_transform

import attrs

from .money import Number

T = TypeVar("T")


class Type(enum.Enum):
    """What a fact holds. Only values of one type can be compared."""

    __hash__ = object.__hash__  # a member is only itself; what `Enum` has instead is a slow call for every value read

    YES_NO = "yes/no"
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    MONTH = "month"
    DIVISION = "division"
    TEXTS = "list of text"
    NUMBERS = "list of numbers"
    MONTHS = "list of months"
    ITEMS = "collection"


ELEMENTS = {Type.TEXTS: Type.TEXT, Type.NUMBERS: Type.NUMBER, Type.MONTHS: Type.MONTH}
"""The types that are lists, and what each holds."""

ORDERED = frozenset({Type.NUMBER, Type.MONEY, Type.DATE, Type.MONTH})
"""The types whose values have an order, so that an unknown value may still be known to lie in a range."""


@attrs.frozen
class Fact:
    """One declared fact.

    `values` maps each value of a closed list to its Chinese label; with `open_values` other text is admitted too.
    `low` and `high` bound numbers (yuan for money). `changeable` facts can be brought about (a rating), others cannot
    (a founding date). A `judgement` is supplied by the authority. A fact that `identifies` (name, code) needs no
    provision that reads it. An item does not exist before the day of the fact that `dates` it.
    """

    label: str
    type: Type
    name: str = ""
    unit: str = ""
    values: Mapping[str, str] = attrs.field(factory=dict)
    open_values: bool = False
    whole: bool = False
    low: Number | None = None
    high: Number | None = None
    changeable: bool = True
    judgement: bool = False
    identifies: bool = False
    dates: bool = False
    uscc: bool = False
    of: EntityType | None = None

    def label_of(self, value: str) -> str:
        """The Chinese label of a closed value; any other text is its own label."""
        return self.values.get(value, value)


@attrs.frozen(eq=False, slots=False)
class EntityType:
    """A declared kind of entity: its name in case files, its Chinese label and its facts by name."""

    name: str
    label: str
    facts: Mapping[str, Fact] = attrs.field(repr=False)

    @cached_property
    def dating_fact(self) -> Fact | None:
        """The fact that says from when an item exists, where one is declared."""
        return next((f for f in self.facts.values() if f.dates), None)


def _field(fact: Fact) -> Any:  # noqa: ANN401 - a field specifier stands where a value of the fact's own type is expected
    return attrs.field(default=None, metadata={"fact": fact})


def yes_no(label: str, *, judgement: bool = False, changeable: bool = True) -> Any:  # noqa: ANN401
    """A fact that is true or false."""
    return _field(Fact(label, Type.YES_NO, judgement=judgement, changeable=changeable))


def text(
    label: str, values: Sequence[str] = (), *, identifies: bool = False, changeable: bool = True, uscc: bool = False
) -> Any:  # noqa: ANN401
    """Free text; `values` are its usual ones, from which a misspelt one is recognized but not refused."""
    known = {v: v for v in values}
    return _field(
        Fact(label, Type.TEXT, values=known, open_values=True, identifies=identifies, changeable=changeable, uscc=uscc)
    )


def choice(
    label: str, values: Mapping[str, str] | Sequence[str], *, changeable: bool = True, judgement: bool = False
) -> Any:  # noqa: ANN401
    """One value of a closed list, given by value or by Chinese label."""
    known = dict(values) if isinstance(values, Mapping) else {v: v for v in values}
    return _field(Fact(label, Type.TEXT, values=known, changeable=changeable, judgement=judgement))


def number(label: str, unit: str, *, low: int | None = 0, high: int | None = None, changeable: bool = True) -> Any:  # noqa: ANN401
    """An exact decimal number with its unit (㎡, or empty for a share)."""
    return _field(Fact(label, Type.NUMBER, unit=unit, low=low, high=high, changeable=changeable))


def count(label: str, unit: str, *, low: int = 0, changeable: bool = True) -> Any:  # noqa: ANN401
    """A whole number of things, its unit a measure word (家, 人, 个)."""
    return _field(Fact(label, Type.NUMBER, unit=unit, whole=True, low=low, changeable=changeable))


def share(label: str) -> Any:  # noqa: ANN401
    """A part of one, 0 to 1."""
    return number(label, "", low=0, high=1)


def year(label: str, *, dates: bool = False) -> Any:  # noqa: ANN401
    """A calendar year."""
    return _field(Fact(label, Type.NUMBER, unit="年", whole=True, low=1900, high=2999, changeable=False, dates=dates))


def money(label: str) -> Any:  # noqa: ANN401
    """A sum in yuan, not negative: an integer or a decimal string in case files, fen inside."""
    return _field(Fact(label, Type.MONEY, unit="元", low=0))


def date(label: str, *, changeable: bool = True, dates: bool = False) -> Any:  # noqa: ANN401
    """A day, or `never`. With `dates`, the item does not exist before it."""
    return _field(Fact(label, Type.DATE, changeable=changeable, dates=dates))


def month(label: str) -> Any:  # noqa: ANN401
    """A calendar month `YYYY-MM`."""
    return _field(Fact(label, Type.MONTH, changeable=False))


def division(label: str, *, changeable: bool = True) -> Any:  # noqa: ANN401
    """An administrative division by its GB/T 2260 code (2, 4, 6, 9 or 12 digits)."""
    return _field(Fact(label, Type.DIVISION, changeable=changeable))


def texts(label: str, values: Sequence[str] = (), *, open_values: bool = True) -> Any:  # noqa: ANN401
    """A complete list of texts, closed to `values` where `open_values` is false."""
    return _field(Fact(label, Type.TEXTS, values={v: v for v in values}, open_values=open_values))


def years(label: str) -> Any:  # noqa: ANN401
    """A complete list of calendar years."""
    return _field(Fact(label, Type.NUMBERS, unit="年", whole=True, low=1900, high=2999))


def months(label: str) -> Any:  # noqa: ANN401
    """A complete list of calendar months."""
    return _field(Fact(label, Type.MONTHS))


def items(label: str, of: type) -> Any:  # noqa: ANN401
    """A collection of items of another entity: a list is complete, an absent one unknown."""
    return _field(Fact(label, Type.ITEMS, of=entity_type(of)))


# The words above are no `field_specifiers`: a type checker would then find no default in them, and demand every fact.
@dataclass_transform(kw_only_default=True)
def entity(name: str, label: str) -> Callable[[type[T]], type[T]]:
    """Class decorator that declares an entity. Every one has an `id` and room for the packs' own facts (`own`)."""

    def declare(cls: type[T]) -> type[T]:
        cls.__annotations__ = {"id": "str | None", **cls.__annotations__, "own": "Mapping[str, Mapping[str, object]]"}
        cls.id = text("编号", identifies=True)  # type: ignore[attr-defined]
        cls.own = attrs.field(factory=dict)  # type: ignore[attr-defined]
        made: type[T] = attrs.define(kw_only=True)(cls)
        facts = {
            a.name: attrs.evolve(a.metadata["fact"], name=a.name)
            for a in attrs.fields(made)  # type: ignore[arg-type]
            if "fact" in a.metadata
        }
        made.__entity_type__ = EntityType(name, label, facts)  # type: ignore[attr-defined]
        return made

    return declare


def entity_type(cls: type) -> EntityType:
    """The declaration behind an entity class."""
    found: EntityType = cls.__entity_type__  # type: ignore[attr-defined]
    return found


@entity("payment", "已付款项")
class Payment:
    """Money already received under a provision. A root entity with a collection of these has payment terms."""

    provision: str | None = text("所依规定")
    item: str | None = text("所付事项")
    amount: int | None = money("金额")
    paid_on: dt.date | None = date("付款日期", changeable=False, dates=True)
    month: str | None = month("所属月份")


@attrs.frozen
class OwnFacts:
    """Facts that a pack declares for itself; case files carry them under its name (`organization.toyland.rank`)."""

    pack: str
    entity: EntityType
    facts: Mapping[str, Fact]


def own_facts(pack: str, entity_class: type, **facts: Any) -> OwnFacts:  # noqa: ANN401
    """Declare a pack's own facts for an entity, each with the same words as a declared one.

    >>> own_facts("toyland", Payment, stamped=yes_no("已盖章")).facts["stamped"].name
    'toyland.stamped'
    """
    named = {name: attrs.evolve(f.metadata["fact"], name=f"{pack}.{name}") for name, f in facts.items()}
    return OwnFacts(pack, entity_type(entity_class), named)


@attrs.frozen(eq=False)
class Record:
    """A validated entity: known values by fact name, money in fen, collections as `Items`; the rest is unknown."""

    type: EntityType
    values: Mapping[str, Any]


@attrs.frozen(eq=False)
class Items:
    """A collection of a case: its records, and whether they are all there are."""

    records: tuple[Record, ...]
    complete: bool = True
