"""The readings of two texts of a provision: under which of them both can be asked alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ..expr import Expr
from ..pack import Pack
from ..plan import Plan
from ..words import ByReading
from .merging import Rebuilding, Taken, rewritten


@attrs.frozen
class Apart:
    """A reading that two texts have with other alternatives: those of the old text alone, and those of the new."""

    old: tuple[str, ...]
    new: tuple[str, ...]

    def to_dict(self) -> dict[str, list[str]]:
        """Plain data."""
        return {"old": list(self.old), "new": list(self.new)}


class SharedReadings:
    """The alternatives of each reading that both texts have; of a provision that one text alone has, all of its own."""

    def __init__(self, plans: tuple[Plan, Plan], packs: tuple[Pack, Pack]) -> None:
        (old, new), names = packs, dict.fromkeys(r.name for plan in plans for r in plan.readings)
        name = plans[0].provision.id
        asked = [pack for pack in packs if name in pack.plans]
        self.alternatives = {n: _of_all(n, asked) for n in names}
        self.apart: Mapping[str, Apart] = {}
        if len(asked) > 1:
            both = {n: Apart(_only(n, old, new), _only(n, new, old)) for n in names}
            self.apart = {n: apart for n, apart in both.items() if apart.old or apart.new}

    def limited(self, plan: Plan, taken: Taken) -> Plan:
        """A provision without the alternatives that only its own text has, but for those that are taken. A reading that
        is left open keeps all of them."""
        kept = {
            r.name: [a for a in r.alternatives if a in self.alternatives[r.name] or a == taken[r.name]]
            for r in plan.readings
            if r.name in self.apart and taken[r.name] is not None
        }
        return rewritten(plan, _Limiting(kept, taken)) if kept else plan

    def choosable(self, choice: Taken) -> dict[str, str | None]:
        """What of a choice both texts can be asked under."""
        return {n: a for n, a in choice.items() if a in self.alternatives.get(n, ())}


def _of_all(name: str, packs: Iterable[Pack]) -> tuple[str, ...]:
    held = [pack.readings[name].alternatives if name in pack.readings else {} for pack in packs]
    return tuple(a for a in held[0] if all(a in one for one in held))


def _only(name: str, pack: Pack, other: Pack) -> tuple[str, ...]:
    """The alternatives of a reading that one pack has and the other has not."""
    there = other.readings[name].alternatives if name in other.readings else {}
    return tuple(a for a in pack.readings[name].alternatives if a not in there) if name in pack.readings else ()


class _Limiting(Rebuilding):
    def __init__(self, kept: Mapping[str, list[str]], taken: Taken) -> None:
        super().__init__()
        self._kept, self._taken = kept, taken

    def new(self, node: Expr) -> Expr:
        """A reading gives way to the same with fewer alternatives; one with a single one, to what that says."""
        made = super().new(node)
        if not isinstance(made, ByReading) or made.reading.name not in self._kept:
            return made
        kept, taken = self._kept[made.reading.name], self._taken[made.reading.name]
        if len(kept) == 1:
            return made.alternatives[kept[0]]
        words = {a: made.reading.alternatives[a] for a in kept}
        reading = attrs.evolve(made.reading, alternatives=words, default=taken)
        return ByReading(reading, {a: made.alternatives[a] for a in kept})
