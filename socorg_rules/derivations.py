"""The derivation of a decision as a tree: each test and sum, with everything that it was worked out from below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .document import Block, Mark, Node, Section, Tree
from .phrases import Speech
from .proof import compound, decider, facts, idle, read, settled, source, stated
from .sentences import Sentences
from .steps import Step

TESTS = ("reach", "force", "when", "discretion")
VALUES = ("credited", "months_used", "paid", "measure", "required", "due", "result")
DECIDES_ALONE = {"not_applicable": "reach", "not_in_force": "force"}
"""The test after which nothing of a derivation matters any more."""


class Derivations:
    """The derivations of decisions in one of the two languages.

    Tests are told with what is `wanted` of them, so that every mark says whether its line is as it should be.
    """

    def __init__(self, say: Speech, tell: Sentences) -> None:
        self.say, self.tell = say, tell
        self._nodes: dict[tuple[int, bool], tuple[Step, Node]] = {}
        self._details: dict[int, tuple[Step, tuple[Node, ...]]] = {}

    def sections(self, trace: Mapping[str, Any]) -> Iterator[Block]:
        """One derivation, or one for each item; where none is listed, what holds for whichever they are.

        What was derived above already is not derived again: within one derivation anything, from item to item the reach
        and the force that say nothing of the item.
        """
        general: set[Node] = set()
        for told in trace["derivations"]:
            item = told.get("item", {})
            whole = tuple(self.derivation(told))
            nodes = self._once(whole, {*general})
            tests = [name for name in TESTS[:2] if name in told]
            if item:
                general |= {node for name, node in zip(tests, whole, strict=False) if not _reads(told[name], item)}
            if item.get("unseen"):
                if len(trace["derivations"]) > 1:
                    continue
                each = trace["each"]
                there: Mark = "fails" if each["complete"] else "open"
                nodes = (*nodes, Node(there, (self.say.label(each) + self.tell.whole(each),)))
            name = "" if not item or item.get("unseen") else self.tell.item(item)
            title = self.say("derivation_of", item=name) if name else self.say("derivation")
            yield Section((title,), (Tree(nodes),), folded=True)

    def _once(self, nodes: tuple[Node, ...], above: set[Node]) -> tuple[Node, ...]:
        """Nodes without what was derived `above`, which takes up what these derive."""
        return tuple(self._shortened(node, above) if node.is_long else node for node in nodes)

    def _shortened(self, node: Node, above: set[Node]) -> Node:
        if node in above:
            return Node(node.mark, (*node.text, self.say("as_above")), ())
        above.add(node)
        parts = self._once(node.parts, above)
        return node if parts == node.parts else Node(node.mark, node.text, parts)

    def derivation(self, told: Mapping[str, Any]) -> Iterator[Node]:
        """The tests of a provision, then its sums."""
        unseen = bool(told.get("item", {}).get("unseen"))
        for name in TESTS[:2] if unseen else TESTS:
            if name in told:
                test = self.node(told[name])
                kind: Mark = "value" if name == "discretion" and test.mark != "open" else test.mark
                yield Node(kind, self.say.titled(self.tell.part(name), *test.text), test.parts)
            if DECIDES_ALONE.get(told["reason"]) == name:
                return
        if unseen:
            return
        if "used" in told:
            yield self._used(told["used"])
        if told.get("low") == told.get("high") and "high" in told:
            yield self.amount(told["high"], self.tell.part("high"))
        else:
            yield from (self.amount(told[n], self.say(f"part.{n}")) for n in ("low", "high") if n in told)
        shown = (n for n in VALUES if n in told and (n == "required" or told[n]["node"] != "const"))
        yield from (self.amount(told[name], self.tell.part(name)) for name in shown)

    def _used(self, step: Mapping[str, Any]) -> Node:
        """Whether payments have used a claim up. Where none has, there is nothing to show but that."""
        told = self.say({True: "used.yes", False: "used.no", None: "used.open"}[step["truth"]])
        parts = () if step["truth"] is False else (self.node(dict(step)),)
        return Node(
            mark(dict(step), wanted=False), (self.say("titled", title=self.tell.part("used"), text=told),), parts
        )

    # ---------------------------------------------------------------------------------------------- steps

    def node(self, step: Step, *, wanted: bool = True) -> Node:
        """A test with everything that it was worked out from; a step that stands in many places is told once."""
        key = id(step), wanted
        if key not in self._nodes:
            self._nodes[key] = step, self._node(step, wanted=wanted)  # the step is kept, and its identity with it
        return self._nodes[key][1]

    def _node(self, step: Step, *, wanted: bool) -> Node:
        parts = step.get("parts", [])
        match step["node"]:
            case "not":
                return self.node(parts[0], wanted=not wanted)
            case "and" | "or" if len(parts) == 1:
                return self.node(parts[0], wanted=wanted)
            case "stated":
                return self.node(stated(step), wanted=wanted)
        named = step["node"] == "condition"
        text = self.tell.named(step, wanted=wanted) if named else (self.tell.sentence(step, wanted=wanted),)
        return Node(mark(step, wanted=wanted), text, tuple(self._below(step, wanted=wanted)))

    def _below(self, step: Step, *, wanted: bool) -> Iterator[Node]:
        parts = step.get("parts", [])
        match step["node"]:
            case "condition":
                yield from self._each(parts[0], wanted=wanted)
            case "and" | "or" | "if":
                yield from (self.node(p, wanted=wanted or p.get("role") == "test") for p in _tests(parts))
            case "presumed":
                yield from self._below(parts[0], wanted=wanted)
            case "quantified":
                yield from self._items(step, wanted=wanted)
            case "pick":
                yield from self._picked(step, wanted=wanted)
            case "reading" if step["taken"] is None:
                yield from () if idle(step) else self._alternatives(step, wanted=wanted)
            case "reading":
                yield from (self.node(p, wanted=wanted) for p in _tests(parts))
            case "lookup":
                yield from (self.node(p, wanted=wanted) for p in parts[1:])
                yield from self.details(parts[0])
            case _:
                for part in parts:
                    yield from self.details(part)

    def _each(self, step: Step, *, wanted: bool) -> Iterator[Node]:
        """A test; the parts of one that wants them all, which goes without saying."""
        all_wanted = step["node"] == ("and" if wanted else "or")
        yield from (self.node(p, wanted=wanted) for p in _tests(step["parts"] if all_wanted else [step]))

    def _items(self, step: Step, *, wanted: bool) -> Iterator[Node]:
        """The items of a quantifier; where one is enough, and there is one, the others are only counted."""
        parts = step.get("parts", [])
        enough = step["truth"] is (step["op"] == "any")
        shown = [p for p in parts if not enough or p["truth"] is step["truth"]]
        for item in shown:
            tests = (p for role, p in read(item).items() if role != "dated")
            below = (n for p in tests for n in self._each(p, wanted=wanted))
            yield Node(mark(item, wanted=wanted), (self.tell.item(item),), tuple(below))
        yield from self._passed_over(step, len(parts) - len(shown))

    def _picked(self, step: Step, *, wanted: bool = True) -> Iterator[Node]:
        """The items that may be the first (last), with what is read of them; the others are only counted."""
        leading = [i for i in step.get("parts", []) if i.get("parts") and i["parts"][-1]["role"] == "value"]
        told_already = decider(step) is not None and not self.details(read(leading[0])["value"])
        for item in [] if told_already else leading:
            seen = read(item)
            value, told = seen["value"], self.tell.ordered(item) if "key" in seen else self.tell.item(item)
            if "truth" in value:
                yield Node(mark(value, wanted=wanted), (told,), (self.node(value, wanted=wanted),))
            else:
                yield self._valued(told, value)
        yield from self._passed_over(step, len(step.get("parts", [])) - len(leading))

    def _passed_over(self, step: Step, others: int) -> Iterator[Node]:
        if others:
            yield Node("value", (self.say.label(step) + self.say("passed_over", n=others),))

    def _alternatives(self, step: Step, *, wanted: bool = True) -> Iterator[Node]:
        for part in step["parts"]:
            title = self.say("alternative", label=self.say.either(part, "alternative_label"))
            if "truth" in part:
                below = tuple(self.node(p, wanted=wanted) for p in _tests([part]))
                yield Node(mark(part, wanted=wanted), (title,), below)
            else:
                yield self._valued(title, part)

    def amount(self, step: Step, title: str | None = None) -> Node:
        """A value with everything that it was worked out from."""
        name, value = self.tell.told(step)
        if compound(source(step)):
            name = self.say(f"below.{source(step)['op']}")
        told = value if name == value else self.say("saw", what=name, saw=value)
        text = self.say("titled", title=title, text=told) if title else told
        return Node("value" if settled(step) else "open", (text,), self.details(step))

    def _valued(self, what: str, step: Step) -> Node:
        text = self.say("saw", what=what, saw=self.tell.value(step))
        return Node("value" if settled(step) else "open", (text,), self.details(step))

    def details(self, step: Step) -> tuple[Node, ...]:
        """What a value was worked out from, as far as its name does not say it."""
        if id(step) not in self._details:
            self._details[id(step)] = step, tuple(self._detailed(step))
        return self._details[id(step)][1]

    def _detailed(self, step: Step) -> Iterator[Node]:  # noqa: C901, PLR0912 - one case for each node
        parts = step.get("parts", [])
        match step["node"]:
            case "fold":
                yield from self._counted(step)
            case "pick":
                yield from self._picked(step)
            case "stated":
                yield from self.details(stated(step))
            case "combine" if compound(step):
                yield from map(self._operand, step["parts"])
            case "reading" if step["taken"] is None:
                below = () if idle(step) else self._alternatives(step)
                yield Node("value" if settled(step) else "open", (self.tell.reading(step),), tuple(below))
            case "reading":
                yield Node("value", (self.tell.reading(step),), self.details(parts[0]))
            case "gap":
                yield Node("open", (self.say("gap", question=self.say.either(step, "question")),))
            case "if":
                yield self.node(parts[0])
                if settled(step):
                    yield from self.details(parts[1])
                else:
                    yield from (self._valued(self.say(p["role"]), p) for p in parts[1:])
            case "lookup" if len(parts) > 2:  # noqa: PLR2004 - the key is not known, so several rows may count
                yield from self.details(parts[0])
            case _:
                for part in parts:
                    if "truth" in part:
                        yield self.node(part)
                    else:
                        yield from self.details(part)

    def _operand(self, step: Step) -> Node:
        """What goes into a sum; of a reading, how the text was read there."""
        if step["node"] != "reading":
            return self.amount(step)
        text = self.tell.arrow(self.tell.reading(step), self.tell.value(step))
        one = step["taken"] is not None
        below = [self.amount(step["parts"][0])] if one else [] if idle(step) else [*self._alternatives(step)]
        return Node("value" if settled(step) else "open", (text,), tuple(below))

    def _counted(self, step: Step) -> Iterator[Node]:
        """The items that count in a fold, or may; the others are only counted."""
        items = step.get("parts", [])
        counted = [i for i in items if i["truth"] is not False]
        for item in counted:
            seen = read(item)
            told = self.tell.item(item, dated=step["op"] in {"min", "max"} or not item["name"])
            if "value" in seen:
                told = self.tell.adds(item, told, seen["value"])
            below = [*self._each(seen["where"], wanted=True)] if "where" in seen else []
            below += [*self.details(seen["value"])] if "value" in seen else []
            yield Node(mark(item, wanted=True), (told,), tuple(below))
        yield from self._passed_over(step, len(items) - len(counted))


def _reads(step: Step, item: Step) -> bool:
    """Whether a step was worked out from facts of an item."""
    return any(f"{fact['path']}.".startswith(f"{item['path']}.") for fact in facts(step))


def _tests(parts: list[Step]) -> Iterator[Step]:
    """The parts that are tests, not a yes or no for every case."""
    yield from (p for p in parts if p["node"] != "const")


def mark(step: Step, *, wanted: bool) -> Mark:
    """Whether a test is as wanted."""
    if step["truth"] is None:
        return "open"
    return "holds" if step["truth"] is wanted else "fails"
