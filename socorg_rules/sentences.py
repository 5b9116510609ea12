"""Steps of a trace in words: what a test saw and what it demands, what a value is called and what it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .document import Inline
from .phrases import Speech, words
from .proof import decider, key_of, read, settled, sides, source, stated
from .steps import Step

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
            ends = tuple(dict.fromkeys(known.values()))
            both = "between" if len(known) == 2 else "from" if "low" in known else "to"  # noqa: PLR2004
            told = ends[0] if len(known) > len(ends) else self.say(both, **known)
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
        say, step = self.say, source(step)
        parts = step.get("parts", [])
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
                return say(f"fold.{step['op']}", items=say.label(step), of=self._folded(step))
            case "pick":
                return self._pick(step)
            case "stated":
                return self.name(stated(step))
            case "reading" if step["taken"] is not None:
                return self.name(parts[0])
            case "gap":
                return say("text_gap")
            case "if" if parts[0]["truth"] is not None and not _joins(parts[0]):
                test = self.sentence(parts[0], wanted=parts[0]["truth"])
                listed = parts[0]["node"] == "quantified"
                return say("decided_by", test=say("as_listed", text=test) if listed else test)
            case "if" | "reading":
                return say(step["node"])
        return say("a_value")

    def _pick(self, step: Step) -> str:
        by = self.say.label(step, "by", "by_label") if "by" in step else self.say("a_value")
        pick = self.say(f"pick.{step['op']}", items=self.say.label(step), by=by)
        return self.say("pick.of", pick=pick, of=self.say.label(step, "of", "of_label")) if "of" in step else pick

    def _folded(self, step: Step) -> str:
        """What of the items a fold adds up or compares."""
        if "of" in step:
            return self.say.label(step, "of", "of_label")
        values = [source(v) for i in step.get("parts", []) if (v := read(i).get("value"))]
        if values and values[0]["node"] == "fact":
            return self.say.label(values[0])
        return self.say("a_sum" if step["type"] == "money" else "a_value")

    def told(self, step: Step) -> tuple[str, str]:
        """What a value is called, and what it is, with the key or the item that it comes from."""
        found, value = source(step), self.value(step)
        key = key_of(found)
        if key is not None:
            return self.name(key), self.arrow(self.value(key), value)
        item = decider(found) if found["node"] in {"fold", "pick"} else None
        return self.name(found), self.from_item(item, value) if item is not None else value

    def from_item(self, item: Step, value: str, *, title: str | None = None) -> str:
        """A value that comes from an item: what the item is called, and what it was looked up by."""
        seen = read(item)
        if title is None:
            title = self.ordered(item) if "key" in seen else self.item(item, dated=True)
        key = key_of(source(seen["value"])) if "value" in seen else None
        if key is not None and key["value"] != item["name"]:
            title = self.say("by_key", item=title, key=self.name(key), value=self.value(key))
        return self.arrow(title, value)

    def adds(self, item: Step, title: str, value: Step) -> str:
        """An item with what is read of it."""
        if key_of(source(value)) is not None:
            return self.from_item(item, self.value(value), title=title)
        dated = "path" in value and value["path"] == read(item).get("dated", {}).get("path")
        return self.say("saw", what=self.item(item) if dated else title, saw=self.value(value))

    def arrow(self, what: str, value: str) -> str:
        """A value with what it comes from."""
        return self.say("comes_to", what=what, value=value).replace("） →", "）→")

    def ordered(self, item: Step) -> str:
        """An item with what it is the first or the last by."""
        key = read(item)["key"]
        return self.say("quantity", name=self.item(item), value=f"{self.name(key)} {self.value(key)}")

    # ---------------------------------------------------------------------------------------------- tests

    def sentence(self, step: Step, *, wanted: bool = True) -> str:  # noqa: C901, PLR0911, PLR0912 - one case for each node
        """A test in one line: what it looked at, what it saw, what it demands."""
        say, parts, no = self.say, step.get("parts", []), "" if wanted else "not_"
        match step["node"]:
            case "condition":
                return "".join(self.named(step, wanted=wanted))
            case "not":
                return self.sentence(parts[0], wanted=not wanted)
            case "and" | "or":
                return say(no + step["node"])
            case "quantified":
                return say(no + step["op"], items=say.label(step)) + self.whole(step)
            case "pick":
                return self._pick(step) + self.whole(step)
            case "item":  # one that only has to be there
                return self.item(step, dated=True)
            case "fact":
                return self.yes_no(step, wanted=wanted)
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
                return self.sentence(stated(step), wanted=wanted)
            case "if" | "lookup":
                return say("choice")
        seen, demand = self._demand(step, no, wanted=wanted)
        what, saw = self.told(seen)
        what = say("reading") if what == saw and seen["node"] == "reading" else what
        return say("test", what=what, saw=saw, demand=demand)

    def alone(self, step: Step, *, wanted: bool = True) -> str:
        """A test in one line that nothing stands below: where several are presumed, those that are not told."""
        if step["node"] != "presumed" or not _joins(step["parts"][0]) or settled(step["parts"][0]):
            return self.sentence(step, wanted=wanted)
        untold = [self.alone(p, wanted=wanted) for p in step["parts"][0]["parts"] if not settled(p)]
        return self.say("presumed", text=self.say.join(untold))

    def named(self, condition: Step, *, wanted: bool = True) -> Inline:
        """A named condition, with its clause where it has one of its own."""
        label = condition["label"] if self.say.chinese else f"{words(condition['id'])} ({condition['label']})"
        told = label if wanted else self.say("not", text=label)
        return self.say.cited(told, condition["clause"]) if condition["clause"] else (told,)

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

    def yes_no(self, step: Step, *, wanted: bool, label: str | None = None) -> str:
        """A fact that is a test; under another label than its own where the two say the same."""
        judged = self.say("judgement") if step.get("judgement") else ""
        what, saw = (label or self.say.label(step)) + judged, self.value(step)
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

    def item(self, step: Step, *, dated: bool = False) -> str:
        """What an item is called: its place, its name where it has one, and its date where that is asked for."""
        if step.get("unseen"):
            return self.say("unlisted")
        n = int(step["path"].rpartition("[")[2].rstrip("]")) + 1
        told = self.say("nth_named", n=n, name=step["name"]) if step["name"] else self.say("nth", n=n)
        day = read(step).get("dated") if dated else None
        told += self.say("dated", day=self.value(day)) if day else ""
        return told + (self.say("assumed") if step.get("assumed") else "")

    def counted(self, fold: Step) -> Iterator[str]:
        """The items that count in a sum, each with what it adds."""
        for item in fold.get("parts", []):
            if item["truth"]:
                sum_ = self.value(read(item)["value"])
                yield self.say("payment", items=self.say.label(fold), item=self.item(item, dated=True), sum=sum_)

    def part(self, name: str) -> str:
        """What a part of a derivation is called."""
        return self.say("part.amount" if name in {"low", "high"} else f"part.{name}")


def _joins(test: Step) -> bool:
    """Whether a test is told by those below it alone: all of them, or one of them."""
    return test["node"] in {"and", "or"} or (test["node"] == "not" and _joins(test["parts"][0]))
