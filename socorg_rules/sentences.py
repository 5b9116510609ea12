"""Steps of a trace in words: what a test saw and what it demands, and the tree of what that was worked out from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .document import Mark, Node
from .phrases import Speech, words
from .proof import Leaf, facts, settled, sides
from .trace import Step

FEW = 3
"""How many tests below a decisive condition are still told in one line with it."""

CONTRARY = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class Sentences:
    """Steps in one of the two languages.

    Tests are told with what is `wanted` of them: below a "not", the contrary, so that every mark says whether the line
    that it stands before is as it should be.
    """

    def __init__(self, say: Speech) -> None:
        self.say = say

    # ----------------------------------------------------------------------------------------- quantities

    def value(self, step: Step) -> str:
        """What is known of a value."""
        if "truth" in step:
            return self.say({True: "yes", False: "no", None: "unknown"}[step["truth"]])
        if "value" in step:
            return self._text(step, step["value"])
        if step.get("absent"):
            return self.say("absent")
        known = {end: self._text(step, step[end]) for end in ("low", "high") if step.get(end) is not None}
        if step["node"] == "fact" or not known:  # the bounds of a declaration say nothing about the case
            told = self.say("unknown")
        else:
            told = self.say("between" if len(known) == 2 else "from" if "low" in known else "to", **known)  # noqa: PLR2004
        return self.say("maybe_absent", value=told) if "absent" in step else told

    def _text(self, step: Step, value: Any) -> str:  # noqa: ANN401 - any JSON value
        if isinstance(value, list):
            return self.say.join(map(str, value)) or self.say("nothing")
        if step["type"] == "date" and value == "never":
            return self.say("never")
        if step["type"] == "money":
            return self.say("yuan", sum=self.say.sum(value))
        if "value_label" in step:
            return str(step["value_label"]) if self.say.chinese else words(value)
        return self.say.number(str(value), step["unit"])

    def quantity(self, step: Step) -> str:
        """A value with its name; a constant is its own name."""
        value = self.value(step)
        return value if step["node"] == "const" else self.say("quantity", name=self.name(step), value=value)

    def name(self, step: Step) -> str:  # noqa: C901, PLR0911, PLR0912 - one case for each node
        """What a value is called."""
        say, parts = self.say, step.get("parts", [])
        match step["node"]:
            case "const":
                return self.value(step)
            case "fact":
                return say.label(step)
            case "clock":
                return say(f"clock.{step['grain']}")
            case "shift":
                lengths = [say(k, n=step["period"][k]) for k in ("years", "months", "days") if step["period"][k]]
                return say("shift", start=self.quantity(parts[0]), period=" ".join(lengths))
            case "year_of":
                return say("year_of", day=self.quantity(parts[0]))
            case "combine":
                return say(step["op"], left=self.quantity(parts[0]), right=self.quantity(parts[1]))
            case "lookup":
                return say("lookup", key=self.quantity(parts[0]))
            case "fold":
                of = say.label(step, "of", "of_label") if "of" in step else say("a_value")
                return say(f"fold.{step['op']}", items=say.label(step), of=of)
            case "pick":
                return self._pick(step)
            case "stated":
                return self.name(self._stated(step))
            case "reading" if step["taken"] is not None:
                return self.name(parts[0])
            case "if" if settled(parts[0]):
                return self.name(parts[1])
            case "gap":
                return say("text_gap")
            case "if" | "reading":
                return say(step["node"])
        return say("a_value")

    def _pick(self, step: Step) -> str:
        by = self.say.label(step, "by", "by_label") if "by" in step else self.say("a_value")
        pick = self.say(f"pick.{step['op']}", items=self.say.label(step), by=by)
        return self.say("pick.of", pick=pick, of=self.say.label(step, "of", "of_label")) if "of" in step else pick

    def _stated(self, step: Step) -> Step:
        """The figure that counts: the one given directly, else the derived one."""
        direct, derived = step["parts"]
        chosen: Step = direct if settled(direct) else derived
        return chosen

    # ---------------------------------------------------------------------------------------------- tests

    def sentence(self, step: Step, *, wanted: bool = True) -> str:  # noqa: C901, PLR0911 - one case for each node
        """A test in one line: what it looked at, what it saw, what it demands."""
        say, parts, no = self.say, step.get("parts", []), "" if wanted else "not_"
        match step["node"]:
            case "condition":
                label = step["label"] if say.chinese else f"{words(step['id'])} ({step['label']})"
                told = label if wanted else say("not", text=label)
                return say("clause", text=told, clause=step["clause"]) if step["clause"] else told
            case "not":
                return self.sentence(parts[0], wanted=not wanted)
            case "and" | "or":
                return say(no + step["node"])
            case "quantified":
                return say(no + step["op"], items=say.label(step)) + self.whole(step)
            case "pick":
                return self._pick(step) + self.whole(step)
            case "fact":
                return self._yes_no(step, wanted=wanted)
            case "gap":
                return say("gap", question=say.either(step, "question"))
            case "const":
                return say("always" if step["truth"] is wanted else "never_holds")
            case "reading":
                return self.reading(step)
            case "presumed":
                told = self.sentence(parts[0], wanted=wanted)
                return told if settled(parts[0]) else say("presumed", text=told)
            case "stated":
                return self.sentence(self._stated(step), wanted=wanted)
            case "if" | "lookup":
                return say("choice")
        seen, demand = self._demand(step, no, wanted=wanted)
        return say("test", what=self.name(seen), saw=self.value(seen), demand=demand)

    def _demand(self, step: Step, no: str, *, wanted: bool) -> tuple[Step, str]:
        say, parts = self.say, step["parts"]
        match step["node"]:
            case "compare":
                seen, op, threshold = sides(step)
                op = op if wanted else CONTRARY[op]
                dated = "date" if seen["type"] in {"date", "month"} and op not in {"==", "!="} else ""
                return seen, say(dated + op, value=self.quantity(threshold))
            case "one_of":
                values = say.join(self.quantity(p) for p in parts[1:])
                many = "_many" if wanted and len(parts) > 2 else ""  # noqa: PLR2004 - the tested one and two values
                return parts[0], say(f"{no}one_of{many}", values=values)
            case "contains":
                return parts[0], say(f"{no}contains", values=self.quantity(parts[1]))
            case "in_division":
                return parts[0], say(f"{no}in_division", values=say.join(step["codes"]))
        return parts[0], say(f"{no}names")

    def _yes_no(self, step: Step, *, wanted: bool) -> str:
        judged = self.say("judgement") if step.get("judgement") else ""
        what, saw = self.say.label(step) + judged, self.value(step)
        if step["truth"] is wanted:
            return self.say("saw", what=what, saw=saw)
        return self.say("test", what=what, saw=saw, demand=self.say("yes" if wanted else "no"))

    def whole(self, step: Step) -> str:
        """How far the case holds a collection."""
        if step["complete"] is None:
            return self.say("unknown_items")
        told = "" if step["complete"] else self.say("incomplete")
        if step["complete"] and not step.get("parts"):
            told = self.say("no_items")
        return told + (self.say("later", n=len(step["later"])) if step["later"] else "")

    def reading(self, step: Step) -> str:
        """Which way the text was read."""
        question = self.say.either(step, "question")
        if step["taken"] is None:
            told = self.say("of_open_reading", question=question)
            return told + self.say("all_agree") if settled(step) else told
        return self.say("of_reading", question=question, taken=self.say.either(step, "taken_label"))

    def item(self, step: Step) -> str:
        """What an item is called: its place, and its name where it has one."""
        if step.get("unseen"):
            return self.say("unlisted")
        n = int(step["path"].rpartition("[")[2].rstrip("]")) + 1
        told = self.say("nth_named", n=n, name=step["name"]) if step["name"] else self.say("nth", n=n)
        return told + (self.say("assumed") if step.get("assumed") else "")

    def leaf(self, leaf: Leaf, *, wanted: bool, clause: str) -> str:
        """A decisive test: a named condition with what decided it. Its clause is told where it is not the one given."""
        told = self.sentence(leaf.step, wanted=wanted)
        if leaf.step["node"] != "condition":
            return told if leaf.clause in {None, clause} else self.say("clause", text=told, clause=leaf.clause)
        deepest = leaf
        while len(deepest.within) == 1 and deepest.step["node"] == "condition":
            deepest = deepest.within[0]
        inner = [deepest] if deepest is not leaf else leaf.within
        if deepest.step["node"] == "condition" and not 0 < len(inner) <= FEW:
            return told
        tests = [self.sentence(i.step, wanted=i.step["truth"] is (leaf.step["truth"] is wanted)) for i in inner]
        return self.say("titled", title=told, text=self.say.join(tests, "stop"))

    # ---------------------------------------------------------------------------------------- derivations

    def node(self, step: Step, *, wanted: bool = True) -> Node:
        """A test with everything that it was worked out from."""
        parts = step.get("parts", [])
        match step["node"]:
            case "not":
                return self.node(parts[0], wanted=not wanted)
            case "and" | "or" if len(parts) == 1:
                return self.node(parts[0], wanted=wanted)
            case "stated":
                return self.node(self._stated(step), wanted=wanted)
        text = self.sentence(step, wanted=wanted)
        return Node(mark(step, wanted=wanted), (text,), tuple(self._below(step, wanted=wanted)))

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
                yield from () if _idle(step) else self._alternatives(step, wanted=wanted)
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
            below = (n for p in item.get("parts", []) for n in self._each(p, wanted=wanted))
            yield Node(mark(item, wanted=wanted), (self.item(item),), tuple(below))
        yield from self._passed_over(step, len(parts) - len(shown))

    def _picked(self, step: Step, *, wanted: bool = True) -> Iterator[Node]:
        """The items that may be the first (last), with what is read of them; the others are only counted."""
        leading = [i for i in step.get("parts", []) if i.get("parts") and i["parts"][-1]["role"] == "value"]
        for item in leading:
            read = {p["role"]: p for p in item["parts"]}
            value, told = read["value"], self.item(item)
            if "key" in read:
                told = self.say("quantity", name=told, value=f"{self.name(read['key'])} {self.value(read['key'])}")
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
        name, value = self.name(step), self.value(step)
        told = value if name == value else self.say("saw", what=name, saw=value)
        text = self.say("titled", title=title, text=told) if title else told
        return Node("value" if settled(step) else "open", (text,), tuple(self.details(step)))

    def _valued(self, what: str, step: Step) -> Node:
        text = self.say("saw", what=what, saw=self.value(step))
        return Node("value" if settled(step) else "open", (text,), tuple(self.details(step)))

    def details(self, step: Step) -> Iterator[Node]:  # noqa: C901, PLR0912 - one case for each node
        """What a value was worked out from, as far as its name does not say it."""
        parts = step.get("parts", [])
        match step["node"]:
            case "fold":
                yield from self._counted(step)
            case "pick":
                yield from self._picked(step)
            case "stated":
                yield from self.details(self._stated(step))
            case "reading" if step["taken"] is None:
                below = () if _idle(step) else self._alternatives(step)
                yield Node("value" if settled(step) else "open", (self.reading(step),), tuple(below))
            case "reading":
                yield Node("value", (self.reading(step),), tuple(self.details(parts[0])))
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

    def counted(self, fold: Step) -> Iterator[str]:
        """The items that count in a sum, each with what it adds."""
        for item in fold.get("parts", []):
            if item["truth"]:
                sum_ = self.value(item["parts"][-1])
                yield self.say("payment", items=self.say.label(fold), item=self.item(item), sum=sum_)

    def _counted(self, step: Step) -> Iterator[Node]:
        """The items that count in a fold, or may; the others are only counted."""
        items = step.get("parts", [])
        counted = [i for i in items if i["truth"] is not False]
        for item in counted:
            read = {p["role"]: p for p in item.get("parts", [])}
            told = self.item(item)
            if "value" in read:
                told = self.say("saw", what=told, saw=self.value(read["value"]))
            below = [*self._each(read["where"], wanted=True)] if "where" in read else []
            below += [*self.details(read["value"])] if "value" in read else []
            yield Node(mark(item, wanted=True), (told,), tuple(below))
        yield from self._passed_over(step, len(items) - len(counted))


def _idle(step: Step) -> bool:
    """Whether a reading left open changes nothing, and nothing of the case was looked at for it."""
    return settled(step) and next(facts(step), None) is None


def _tests(parts: list[Step]) -> Iterator[Step]:
    """The parts that are tests, not a yes or no for every case."""
    yield from (p for p in parts if p["node"] != "const")


def mark(step: Step, *, wanted: bool) -> Mark:
    """Whether a test is as wanted."""
    if step["truth"] is None:
        return "open"
    return "holds" if step["truth"] is wanted else "fails"
