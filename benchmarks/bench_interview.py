"""How many questions an interview asks, beside how many facts the pack reads of such a case.

`python benchmarks/bench_interview.py [CASES]`: the examples, then so many random cases (20 unless another number is
given) for each pack and root entity. Whoever is asked knows the whole case, and at first nothing of it is told.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from knowing import Knowing
from pack_cases import draw

from socorg_rules import CaseError, assess, interview, load_case, load_pack, packs
from socorg_rules.expr import walk
from socorg_rules.facts import EntityType
from socorg_rules.pack import Pack
from socorg_rules.refs import Collection, FactOf

EXAMPLES = Path(__file__).parents[1] / "examples"
AS_OF = "2023-06-01"


def read(pack: Pack, root: EntityType) -> dict[EntityType, set[str]]:
    """The facts that the provisions about a root entity read, by the entity that has them."""
    found: dict[EntityType, set[str]] = defaultdict(set)
    for node in {n for plan in pack.about(root) for e in plan.exprs for n in walk(e)}:
        if isinstance(node, FactOf | Collection):
            found[node.owner.entity].add(node.fact.name)
        elif hasattr(node, "item"):
            collection = node.item.collection
            found[collection.owner.entity].add(collection.fact.name)
    for plan in pack.about(root):
        if plan.item is not None:
            found[root].add(plan.item.collection.fact.name)
    return found


def everything(known: dict[str, Any], kind: EntityType, facts: dict[EntityType, set[str]]) -> int:
    """How many questions it takes to ask for every fact that is read, item by item."""
    asked = len(facts[kind])
    for name, fact in kind.facts.items():
        if fact.of is not None and name in facts[kind]:
            held = known.get(name) or []
            items = held["items"] if isinstance(held, dict) else held
            asked += sum(everything(one, fact.of, facts) for one in items)
    return asked


def asked(pack: Pack, root: EntityType, whole: dict[str, Any]) -> int | None:
    """How many questions are asked; None where the answers contradict each other."""
    knowing = Knowing(whole, root, AS_OF)
    try:
        assess(whole, pack, AS_OF)
        talk = interview({root.name: {}}, pack, AS_OF)
        while talk.question is not None:
            try:
                answer = knowing.answer(talk.question.path)
            except KeyError:
                talk.skip()
            else:
                talk.answer(answer)
    except CaseError:
        return None
    return talk.asked


def examples() -> Iterator[tuple[str, Pack, EntityType, dict[str, Any]]]:
    """Each example that is about something its own pack speaks of."""
    for path in sorted(EXAMPLES.iterdir()):
        pack = load_pack(path.name.partition("-")[0])
        case = load_case(path)
        yield path.name, pack, case.root, case.to_dict()


def drawn(cases: int) -> Iterator[tuple[str, Pack, EntityType, dict[str, Any]]]:
    """Random cases of which all is known."""
    rnd = Random(1)  # noqa: S311 - nothing secret
    for name in packs():
        pack = load_pack(name)
        for root in pack.roots:
            for _ in range(cases):
                yield f"random {name} {root.name}", pack, root, draw(rnd, pack, root, 100)


def main() -> None:
    """A line for each example, and for each pack and root entity one with the median over its random cases."""
    counts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    for name, pack, root, whole in (*examples(), *drawn(cases)):
        questions = asked(pack, root, whole)
        if questions is not None:
            counts[name].append((questions, everything(whole[root.name], root, read(pack, root))))
    of_examples = [n for name, found in counts.items() if not name.startswith("random") for n in found]
    counts["all examples together"] = [(sum(q for q, _ in of_examples), sum(f for _, f in of_examples))]
    for name, found in counts.items():
        questions, facts = (median(n) for n in zip(*found, strict=True))
        share = median(q / f for q, f in found)
        print(
            f"{name:44}{questions:8g} questions of {facts:6g} facts = {share:5.0%}"
            + (f"   ({len(found)} cases)" if len(found) > 1 else "")
        )


if __name__ == "__main__":
    main()
