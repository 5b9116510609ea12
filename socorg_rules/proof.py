"""What of a derivation already proves or refutes a test, read off the trace; and what leaves one open.

A trace is plain data, so that this works as well on one that was stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, reduce
from typing import Any

import attrs

from .expr import FLIPPED
from .trace import Step

WAYS = 64
"""How many ways to settle a test are kept in view; beyond it, the smallest that was found need not be the smallest."""


@attrs.frozen(eq=False, slots=False)
class Leaf:
    """A test that stands for itself: a named condition, or one that has no tests below it.

    `clause` is the clause that it stands under, `item` the item that it was asked of, `under` the condition around it.
    Where it is told in `brief`, one alternative stands for all of an open reading on which they `agreed`.
    """

    step: Step
    clause: str | None
    under: Step | None = None
    item: str | None = None
    brief: bool = False
    agreed: bool = False

    @cached_property
    def key(self) -> str:
        """Two leaves of one key are the same test, seen twice."""
        return json.dumps(self.step, sort_keys=True, ensure_ascii=False)

    @property
    def name(self) -> str | None:
        """What leaves a step open: the path of a fact, or the name of a text gap or a reading."""
        return next((str(self.step[k]) for k in ("path", "gap", "reading") if k in self.step), None)

    @cached_property
    def within(self) -> tuple[Leaf, ...]:
        """For a named condition, the tests that settle it."""
        if self.step["node"] != "condition" or self.step["truth"] is None:
            return ()
        inside = attrs.evolve(self, under=self.step)
        return tuple(_ways(self.step["parts"][0], self.step["truth"], inside)[0].values())

    @property
    def deepest(self) -> tuple[Leaf, ...]:
        """The tests that settle it, those of the conditions within told in their place; its own where it has none."""
        inner = attrs.evolve(self, brief=True).within
        return tuple(deep for leaf in inner for deep in leaf.deepest) or (self,)

    def to_dict(self) -> dict[str, Any]:
        """Plain data: what was tested, under which clause, what was `saw`n, and the `threshold` it was held against.

        A condition that hangs on one test shows that test's values; all of them are in `within`.
        """
        inner = self.within
        about = inner[0].to_dict() if len(inner) == 1 else _seen(self.step)
        return {
            **about,
            "id": self.step.get("id") or self.step.get("reading") or self.step.get("gap"),
            "label": self.step.get("label") or about["label"],
            "clause": self.clause,
            "item": self.item,
            "truth": self.step.get("truth"),
            "within": [leaf.to_dict() for leaf in inner],
        }


def refutation(step: Step, clause: str | None = None) -> tuple[Leaf, ...]:
    """The smallest set of tests that already makes this one false."""
    return settle(step, truth=False, clause=clause)


def proof(step: Step, clause: str | None = None) -> tuple[Leaf, ...]:
    """The smallest set of tests that already makes this one true."""
    return settle(step, truth=True, clause=clause)


def settle(step: Step, *, truth: bool, clause: str | None, item: str | None = None) -> tuple[Leaf, ...]:
    """The smallest set of tests that makes a test what it is; of equally small ones, the first in the text."""
    found = _ways(step, truth, Leaf(step, clause, item=item))[0]
    return tuple(found.values()) or (Leaf(step, step.get("clause") or clause, item=item),)


DECISIVE = {"not_applicable": "reach", "not_in_force": "force", "conditions": "when", "paid": "used"}
"""The test that a reason for `not_met` speaks of."""


def why_not(trace: Mapping[str, Any]) -> tuple[Leaf, ...]:
    """The smallest set of tests that already refutes a decision that is not met, item by item."""
    first = trace["derivations"][0]
    if trace.get("each", {}).get("complete") and first["item"].get("unseen") and first["reason"] == "conditions":
        return (Leaf({"node": "quantified", "op": "any", **trace["each"], "truth": False}, first["clause"]),)
    found: list[Leaf] = []
    for told in trace["derivations"]:
        decisive = told.get(DECISIVE.get(told["reason"], ""))
        if decisive is not None:
            item = told["item"]["path"] if "item" in told else None
            found += settle(decisive, truth=told["reason"] == "paid", clause=told["clause"], item=item)
    return tuple(found)


Way = Mapping[str, Leaf]
"""Tests that together settle another, each once."""


def _ways(step: Step, truth: bool, at: Leaf) -> list[Way]:  # noqa: C901, FBT001, PLR0911 - one case for each node
    """The ways to settle a test, the smallest first. `at` says where in the derivation it stands."""
    parts = step.get("parts", [])
    match step["node"]:
        case "not":
            return _ways(parts[0], not truth, at)
        case "and":
            return _all(parts, truth, at) if truth else _any(parts, truth, at)
        case "or":
            return _any(parts, truth, at) if truth else _all(parts, truth, at)
        case "quantified" if any(p["truth"] is truth for p in parts):
            one_is_enough = truth is (step["op"] == "any")
            return _any(parts, truth, at) if one_is_enough else _all(parts, truth, at)
        case "presumed" if parts[0]["truth"] is truth:
            return _ways(parts[0], truth, at)
        case "item" if parts and parts[-1].get("truth") is truth:
            return _ways(parts[-1], truth, attrs.evolve(at, item=step["path"]))
        case "pick" if leading := [p for p in parts if p.get("parts") and p["parts"][-1]["role"] == "value"]:
            return _all(leading, truth, at)
        case "const" if truth:  # what holds for every case proves nothing
            return [{}]
        case "reading" | "if" | "stated" if deciding := list(_deciding(step, truth)):
            if at.brief and step.get("taken", "") is None:
                each = (_ways(part, truth, attrs.evolve(at, agreed=True)) for part in deciding)
                return min(each, key=lambda ways: len(ways[0]) or WAYS)
            return _together([_ways(part, part["truth"], at) for part in deciding])
    leaf = attrs.evolve(at, step=step, clause=step.get("clause") or at.clause)
    return [{leaf.key: leaf}]


def _any(parts: list[Step], truth: bool, at: Leaf) -> list[Way]:  # noqa: FBT001
    """One part is enough."""
    return _smallest(way for part in parts if part["truth"] is truth for way in _ways(part, truth, at))


def _all(parts: list[Step], truth: bool, at: Leaf) -> list[Way]:  # noqa: FBT001
    """Every part is needed."""
    return _together([_ways(part, truth, at) for part in parts])


def _deciding(step: Step, truth: bool) -> Iterator[Step]:  # noqa: FBT001
    """Of a choice between tests, the choice itself where it is settled, and what was chosen, if that is a test."""
    for part in step["parts"]:
        if part["node"] == "const":
            continue
        if part.get("role") == "test" and part["truth"] is not None:
            yield part
        elif part.get("role") != "test" and part["truth"] is truth:
            yield part
            if part.get("role") == "direct":
                return


def _together(each: list[list[Way]]) -> list[Way]:
    start: list[Way] = [{}]
    return reduce(lambda ways, more: _smallest({**a, **b} for a in ways for b in more), each, start)


def _smallest(ways: Iterable[Way]) -> list[Way]:
    return sorted(ways, key=len)[:WAYS]


def open_leaves(step: Step, clause: str | None = None) -> tuple[Leaf, ...]:
    """What leaves a step unsettled: facts, text gaps, open readings, and collections that may hold more."""
    return tuple({leaf.key: leaf for leaf in _open(step, Leaf(step, clause))}.values())


def settled(step: Step) -> bool:
    """Whether nothing more can change a step."""
    if step["node"] == "item":  # one that the case does not list may be there or not
        return not (step.get("unseen") and step["truth"] is None) and all(map(settled, step.get("parts", [])))
    return step["truth"] is not None if "truth" in step else "value" in step or step.get("absent") is True


def _open(step: Step, at: Leaf) -> Iterator[Leaf]:
    if settled(step):
        return
    here = attrs.evolve(at, step=step, clause=step.get("clause") or at.clause)
    parts = step.get("parts", [])
    match step["node"]:
        case "fact" | "gap":
            yield here
        case "condition":
            here = attrs.evolve(here, under=step)
        case "item" if step.get("unseen"):
            yield here
        case "item":
            here = attrs.evolve(here, item=step["path"])
        case "names":  # the names of the item; those of the text are its part's
            told = {f["path"] for f in facts(parts[0])}
            yield from (attrs.evolve(here, step={**step, "path": path}) for path in step["open"] if path not in told)
        case "reading" if step["taken"] is None and _disagree(parts):
            yield here
    for part in _leading(parts) if step["node"] == "pick" else parts:
        yield from _open(part, here)


def _disagree(alternatives: list[Step]) -> bool:
    """Whether the alternatives of a reading are not all the same, as far as is known."""
    known = [{k: a.get(k) for k in ("truth", "value", "low", "high", "absent")} for a in alternatives]
    opens = [{leaf.name for leaf in open_leaves(a)} for a in alternatives]
    return any(k != known[0] for k in known) or any(o != opens[0] for o in opens)


def _leading(items: list[Step]) -> list[Step]:
    """The items that may be the first (last). What orders them is open only where they are several."""
    leading = [i for i in items if any(p["role"] == "value" for p in i.get("parts", []))]
    if sum("unseen" not in i for i in leading) > 1:
        return leading
    return [{**i, "parts": [p for p in i["parts"] if p["role"] != "key"]} for i in leading]


# ------------------------------------------------------------------------------- what a single test looked at


def facts(step: Step) -> Iterator[Step]:
    """The facts and collections that a step was worked out from, in order."""
    if "path" in step and step["node"] not in {"item", "names"}:
        yield step
    for part in step.get("parts", []):
        if part.get("role") != "dated":
            yield from facts(part)


def stated(step: Step) -> Step:
    """The figure that counts: the one given directly, else the derived one."""
    direct, derived = step["parts"]
    chosen: Step = direct if settled(direct) else derived
    return chosen


def source(step: Step) -> Step:
    """Where a value really comes from: the alternative or the branch taken, unless that is a value for every case.

    Of a reading left open on which all agree, the first alternative that looked at the case stands for all.
    """
    parts = step.get("parts", [])
    found: Step | None = None
    match step["node"]:
        case "stated":
            found = stated(step)
        case "if" if parts[0]["truth"] is not None:
            found = parts[1]
        case "reading" if step["taken"] is not None:
            found = parts[0]
        case "reading" if settled(step):
            found = next((p for p in parts if next(facts(p), None)), None)
    return step if found is None or found["node"] == "const" else source(found)


def key_of(step: Step) -> Step | None:
    """What a settled value was looked up by."""
    key: Step | None = step["parts"][0] if step["node"] == "lookup" else None
    return key if key is not None and "value" in key else None


def compound(step: Step) -> bool:
    """Whether a calculation is too long for a line: it goes over items, or hangs on a test or a reading."""
    long = {"fold", "if", "reading", "pick"}
    return step["node"] == "combine" and any(p["node"] in long or compound(p) for p in step["parts"])


def idle(step: Step) -> bool:
    """Whether a reading left open changes nothing, and nothing of the case was looked at for it."""
    return settled(step) and next(facts(step), None) is None


def read(item: Step) -> dict[str, Step]:
    """What was looked at of an item, by its role."""
    return {p["role"]: p for p in item.get("parts", [])}


def decider(step: Step) -> Step | None:
    """The item from which a largest, smallest, first or last value was taken."""
    items = [i for i in step.get("parts", []) if "value" in read(i)]
    if "value" not in step or step["op"] not in {"min", "max", "first", "last"}:
        return None
    if step["node"] == "pick":
        return items[0] if len(items) == 1 else None
    return next((i for i in items if i["truth"] and read(i)["value"].get("value") == step["value"]), None)


def sides(step: Step) -> tuple[Step, str, Step]:
    """A comparison told from the side of the facts: what was seen, how it must compare, and with what.

    Where neither side reads a fact, the day of the question is what was seen.
    """
    left, right = step["parts"]
    rank = [(next(facts(side), None) is None, side["node"] == "const") for side in (left, right)]
    return (right, FLIPPED[step["op"]], left) if rank[1] < rank[0] else (left, step["op"], right)


def _seen(step: Step) -> dict[str, Any]:
    """What a test saw, and the threshold it held that against."""
    seen, op, threshold = step, step["node"], None
    match step["node"]:
        case "compare":
            seen, op, against = sides(step)
            threshold = shown(against)
        case "one_of" | "contains":
            seen = step["parts"][0]
            threshold = [shown(p) for p in step["parts"][1:]]
        case "in_division":
            seen, threshold = step["parts"][0], step["codes"]
        case "names":
            seen, threshold = step["parts"][0], step["path"]
        case "quantified" | "pick":
            op = step["op"]
        case "reading":
            return {
                "label": step["question"],
                "path": None,
                "op": op,
                "saw": step["taken"],
                "threshold": None,
                "facts": [],
            }
    read = [{k: f[k] for k in ("path", "label")} | {"value": shown(f)} for f in facts(step)]
    first = read[0] if read else {"path": None, "label": step.get("question") or step["node"]}
    told = {"path": first["path"], "op": op, "saw": shown(seen), "threshold": threshold, "facts": read}
    return {"label": first["label"], **told}


def shown(step: Step) -> Any:  # noqa: ANN401 - any JSON value
    """The settled value of a step; None where it is not settled, or where there is none."""
    if step["node"] == "quantified":
        return [p["path"] for p in step.get("parts", [])]
    return step.get("truth") if "truth" in step else step.get("value")
