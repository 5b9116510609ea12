"""What the nodes of a rule tree are called, and which of them stand below another, before any case is known."""

from __future__ import annotations

from collections.abc import Iterator

from ..expr import ALWAYS, And, Combine, Compare, Const, Contains, Expr, InDivision, Not, OneOf, Or
from ..facts import Type
from ..phrases import Speech, words
from ..reading import Reading, TextGap
from ..refs import FactOf, Fold, Item, Names, Pick, Quantified
from ..sentences import Sentences
from ..steps import labels_of, plain
from ..words import ByReading, Clock, Condition, Gap, If, Lookup, Presumed, Shift, Stated, YearOf

Below = Iterator[tuple[str, Expr]]
"""The nodes below one, each with what it is to it (nothing where that goes without saying)."""

EQUAL = {"==", "!="}


class Naming:
    """The nodes of a rule tree in words of one language."""

    def __init__(self, say: Speech) -> None:
        self.say, self.tell = say, Sentences(say)

    def of(self, node: Expr) -> str:  # noqa: C901, PLR0911, PLR0912 - one case for each node
        """A node in a line: a test as what it demands, a value as what it is."""
        say = self.say
        match node:
            case Condition():
                return node.label if say.chinese else f"{words(node.id)} ({node.label})"
            case And() | Or():
                return say("and" if isinstance(node, And) else "or")
            case Not():
                return say("graph.not")
            case Compare():
                dated = "date" if node.left.shape.type in {Type.DATE, Type.MONTH} and node.op not in EQUAL else ""
                return self._demand(node.left, say(dated + node.op, value=self._beside(node.left, node.right)))
            case OneOf():
                many = "_many" if len(node.values) > 1 else ""
                values = say.join(self._beside(node.of, v) for v in node.values)
                return self._demand(node.of, say(f"one_of{many}", values=values))
            case Contains():
                return self._demand(node.list, say("contains", values=self.value(node.value)))
            case InDivision():
                return self._demand(node.of, say("in_division", values=say.join(node.codes)))
            case Names():
                return self._demand(node.text, say("names"))
            case Quantified():
                return say(node.op, items=self._items(node.item))
            case Presumed():
                return say("graph.presumed")
            case Gap():
                return say("gap", question=self._asked(node.gap))
            case ByReading():
                return say("graph.reading", question=self._asked(node.reading))
            case If():
                return say("choice")
            case Lookup() if self._is_table(node):
                rows = [say("titled", title=k, text=self.value(v)) for k, v in node.rows.items()]
                return say("titled", title=self.value(node), text=say.join(rows, "stop"))
        return self.value(node)

    def value(self, node: Expr) -> str:  # noqa: C901, PLR0911, PLR0912
        """What a value is called."""
        say = self.say
        match node:
            case Const():
                kind = node.kind.type
                if isinstance(node.value, bool):
                    return say("always" if node.value else "never_holds")
                shown = plain(node.value, kind)
                return self.tell.value({"node": "const", "type": kind.value, "unit": node.kind.unit, "value": shown})
            case FactOf():
                return node.fact.label if say.chinese else words(node.fact.name.rpartition(".")[2])
            case Clock():
                return say(f"clock.{node.grain}")
            case Shift():
                lengths = [say(k, n=n) for k in ("years", "months", "days") if (n := getattr(node.period, k))]
                return say("shift", start=self.value(node.start), period=" ".join(lengths))
            case YearOf():
                return say("year_of", day=self.value(node.day))
            case Combine():
                return say(node.op, left=self.value(node.left), right=self.value(node.right))
            case Lookup():
                return say("lookup", key=self.value(node.key))
            case Fold():
                of = say("a_value") if node.value is None or not _is_plain(node.value) else self.value(node.value)
                return say(f"fold.{node.op}", items=self._items(node.item), of=of)
            case Pick():
                pick = say(f"pick.{node.which}", items=self._items(node.item), by=self.value(node.key))
                return say("pick.of", pick=pick, of=self.value(node.value)) if _is_plain(node.value) else pick
            case Stated():
                return self.value(node.direct)
            case Gap():
                return say("text_gap")
            case ByReading():
                return say("reading")
            case If():
                return say("if")
        return say("a_value")

    def below(self, node: Expr) -> Below:  # noqa: C901, PLR0912 - one case for each node
        """The nodes that a node is worked out from, but those that its own words tell."""
        match node:
            case Condition() | Quantified():
                inner = node.test
                yield from (("", p) for p in (inner.parts if isinstance(inner, And) else (inner,)) if p is not ALWAYS)
            case ByReading():
                for name, part in node.alternatives.items():
                    told = node.reading.alternatives[name]
                    yield told.label if self.say.chinese else told.label_en, part
            case If():
                yield self.say("part.when"), node.test
                yield self.say("then"), node.then
                yield self.say("otherwise"), node.otherwise
            case Lookup():
                yield from self._hidden("", node.key)
                if not self._is_table(node):
                    yield from node.rows.items()
                    if node.otherwise is not None:
                        yield self.say("otherwise"), node.otherwise
            case Fold():
                yield from self._hidden(self.say("graph.value"), node.value)
                yield from self._hidden(self.say("graph.where"), node.where)
            case Pick():
                yield from self._hidden(self.say("graph.value"), node.value)
                yield from self._hidden(self.say("graph.where"), node.where)
            case Stated():
                yield self.say("graph.direct"), node.direct
                yield self.say("graph.derived"), node.derived
            case And() | Or():
                yield from (("", p) for p in node.parts)
            case Not() | Presumed():
                yield "", node.part
            case Compare():
                yield from self._hidden("", node.left)
                yield from self._hidden("", node.right)
            case Combine() | Shift() | YearOf():
                yield from self._hidden("", node)
            case OneOf() | InDivision():
                yield from self._hidden("", node.of)
            case Contains():
                yield from self._hidden("", node.list)

    def _hidden(self, role: str, node: Expr | None) -> Below:
        """A node whose name does not tell all of it; of one that only counts on from another, that other."""
        match node:
            case Shift():
                yield from self._hidden(role, node.start)
            case YearOf():
                yield from self._hidden(role, node.day)
            case Combine():
                yield from self._hidden(role, node.left)
                yield from self._hidden(role, node.right)
            case Const() | FactOf() | Clock() | None:
                return
            case _:
                yield role, node

    def _is_table(self, node: Lookup) -> bool:
        """Whether every row is a value that the document gives, so that one line tells the table."""
        return all(isinstance(v, Const) for v in node.rows.values()) and node.otherwise is None

    def _beside(self, what: Expr, value: Expr) -> str:
        """A value that another is held against, by its Chinese label where the other has closed values."""
        label = labels_of(what).get(str(value.value)) if isinstance(value, Const) else None
        return label if label is not None and self.say.chinese else self.value(value)

    def _demand(self, what: Expr, demand: str) -> str:
        return self.say("graph.demand", what=self.value(what), demand=demand)

    def _items(self, item: Item) -> str:
        fact = item.collection.fact
        return fact.label if self.say.chinese else words(fact.name)

    def _asked(self, of: TextGap | Reading) -> str:
        return of.question if self.say.chinese else of.question_en


def _is_plain(node: Expr) -> bool:
    """Whether the name of a value tells all of it."""
    match node:
        case Const() | FactOf() | Clock():
            return True
        case Shift():
            return _is_plain(node.start)
        case YearOf():
            return _is_plain(node.day)
        case Combine():
            return _is_plain(node.left) and _is_plain(node.right)
    return False
