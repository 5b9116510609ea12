"""Somebody who knows a whole case, and answers the questions of an interview from it."""

from typing import Any

from socorg_rules.facts import EntityType


class Knowing:
    """Somebody who knows a whole case, and answers from it."""

    def __init__(self, whole: dict[str, Any], kind: EntityType, as_of: str) -> None:
        self.kind, self.as_of = kind, as_of
        self.known: dict[str, Any] = {kind.name: whole[kind.name]}
        self.types = {kind.name: kind}

    def match(self, path: str, kind: EntityType, told: dict[str, Any]) -> None:
        """What is told already, item by item, stands for the first items of what is known."""
        for name, fact in kind.facts.items():
            if fact.of is not None and name in told:
                listed = told[name]["items"] if isinstance(told[name], dict) else told[name]
                for i, (one, whole) in enumerate(zip(listed, self.known[path][name], strict=False)):
                    self.known[f"{path}.{name}[{i}]"], self.types[f"{path}.{name}[{i}]"] = whole, fact.of
                    self.match(f"{path}.{name}[{i}]", fact.of, one)

    def answer(self, path: str) -> object:
        """What is known at a path; of a collection, how many items (more) there are."""
        above, _, name = path.rpartition(".")
        if above not in self.known:  # a pack's own fact
            above, _, pack = above.rpartition(".")
            return self.known[above][pack][name]
        fact = self.types[above].facts[name]
        if fact.of is None:
            return self.known[above][name]
        before = sum(
            1
            for p in self.known
            if p.startswith(f"{path}[") and p.endswith("]") and p.count("[") == path.count("[") + 1
        )
        held = self.known[above][name]
        listed = held["items"] if isinstance(held, dict) else held
        new = [one for one in listed[before:] if self.exists(fact.of, one)]
        for i, one in enumerate(new, before):
            self.known[f"{path}[{i}]"], self.types[f"{path}[{i}]"] = one, fact.of
        return len(new)

    def exists(self, kind: EntityType, one: dict[str, Any]) -> bool:
        dating = kind.dating_fact
        day = one.get(dating.name) if dating else None
        return day is None or (day != "never" and str(day) <= self.as_of)
