"""Reading a case: from a file, a mapping or entities built in code to validated records, every mistake told at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from .casefile import Fields, Form, decode, read_file
from .displayed import Displayed
from .errors import CaseError, Problem, nearest
from .facts import ELEMENTS, EntityType, Fact, Items, OwnFacts, Record
from .value import Unfit, expected, read_value, shown, write_value

if TYPE_CHECKING:
    from .document import Document
    from .phrases import Lang


@attrs.frozen(eq=False)
class Case(Displayed):
    """A validated case: what it is about, what is known of it, and the packs' own facts it was read with."""

    root: EntityType
    record: Record
    own: tuple[OwnFacts, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The case as plain data ready for JSON, which reads back to the same case: values instead of Chinese labels,
        money as decimal yuan, dates as ISO text."""
        own = {(o.entity, f.name): (o.pack, f) for o in self.own for f in o.facts.values()}

        def plain(record: Record) -> dict[str, object]:
            out: dict[str, object] = {}
            for name, value in record.values.items():
                if name in record.type.facts:
                    out[name] = written(record.type.facts[name], value)
                else:
                    pack, fact = own[record.type, name]
                    within = out.setdefault(pack, {})
                    assert isinstance(within, dict)  # noqa: S101 - a pack has no fact's name
                    within[name.removeprefix(f"{pack}.")] = written(fact, value)
            return out

        def written(fact: Fact, value: object) -> object:
            if not isinstance(value, Items):
                return write_value(fact, value)
            records = [plain(one) for one in value.records]
            return records if value.complete else {"items": records, "complete": False}

        return {self.root.name: plain(self.record)}

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:  # noqa: ARG002 - nothing is left out
        """What is known, by the words of each fact."""
        from .display.case import case_document  # noqa: PLC0415 - what is not shown costs nothing

        return case_document(self, lang)


Further = Callable[[Record], Iterable[Problem]]
"""What else is to be looked at in a record, so that its mistakes are told together with the others."""


def nothing_further(_: Record) -> Iterable[Problem]:
    """Nothing else."""
    return ()


def read_case(
    source: object, roots: Iterable[EntityType], own: Iterable[OwnFacts] = (), further: Further = nothing_further
) -> Case:
    """The case that `source` holds: the path of a file, an object with one root entity, or an entity built in code.

    Args:
        source: a path (`.json`, `.yaml`, `.yml`, `.toml`), a mapping `{"organization": {...}}`, or a root entity.
        roots: the entities that a case can be about.
        own: facts that packs declare for themselves, read under the pack's name.
        further: finds more mistakes in what could be read.

    Raises:
        CaseError: the case is not valid; `problems` holds all that is wrong with it.

    >>> from socorg_rules.facts import entity_type
    >>> from socorg_rules.vocabulary import Organization
    >>> roots = [entity_type(Organization)]
    >>> read_case({"organization": {"status": "已登记", "registered_capital": 30000}}, roots).to_dict()
    {'organization': {'status': 'registered', 'registered_capital': '30000.00'}}
    """
    if isinstance(source, str | os.PathLike):
        source = read_file(os.fsdecode(source))
    return _read(source, roots, tuple(own), further)


def read_case_text(
    text: str | bytes,
    roots: Iterable[EntityType],
    own: Iterable[OwnFacts] = (),
    *,
    form: Form = "json",
    name: str = "standard input",
) -> Case:
    """The case that a text holds. `name` stands for the file in what is said about the text.

    Raises:
        CaseError: as for `read_case`.
    """
    return _read(decode(text, form, name), roots, tuple(own))


def _read(
    source: object, roots: Iterable[EntityType], own: tuple[OwnFacts, ...], further: Further = nothing_further
) -> Case:
    kinds = {kind.name: kind for kind in roots}
    one_of = "one of " + ", ".join(f"`{name}`" for name in sorted(kinds))
    reader = _Reader(own)
    found: list[tuple[EntityType, Record]] = []
    given: Mapping[object, object]
    built = [kind.name for kind in kinds.values() if getattr(type(source), "__entity_type__", None) is kind]
    if isinstance(source, Mapping):
        given = source
    elif built:
        given = {built[0]: source}
    else:
        raise CaseError(str(expected("a case, an object that holds " + one_of, source)))
    reader.repeated("", given)
    for key, value in given.items():
        if isinstance(key, str) and key in kinds:
            found.append((kinds[key], reader.record(key, kinds[key], value)))
        else:
            reader.complain(shown(key), f"no such root entity{nearest(key, kinds)}")
    reader.problems += [p for _, record in found for p in further(record)]
    if len(found) > 1:
        reader.complain("", f"{len(found)} root entities; a case is about one")
    elif not given:
        reader.complain("", f"the case is empty; write {one_of}")
    if reader.problems:
        raise CaseError(reader.problems)
    ((root, record),) = found
    return Case(root, record, own)


class _Reader:
    """Walks a case along the declarations and collects what is wrong with it."""

    def __init__(self, own: Iterable[OwnFacts]) -> None:
        self.problems: list[Problem] = []
        self._own: dict[EntityType, dict[str, dict[str, Fact]]] = {}
        for facts in own:
            known = self._own.setdefault(facts.entity, {}).setdefault(facts.pack, {})
            known.update({f.name.removeprefix(f"{facts.pack}."): f for f in facts.facts.values()})

    def complain(self, path: str, message: object) -> None:
        self.problems.append(Problem(path, str(message)))

    def repeated(self, path: str, given: Mapping[object, object]) -> None:
        if isinstance(given, Fields):
            for key in given.repeated:
                self.complain(f"{path}.{shown(key)}".lstrip("."), "written more than once; keep one")

    def record(self, path: str, kind: EntityType, given: object) -> Record:
        values: dict[str, object] = {}
        packs = self._own.get(kind, {})
        if isinstance(given, Mapping):
            self._facts(path, given, kind.facts, packs, values)
        elif getattr(type(given), "__entity_type__", None) is kind:
            self._facts(path, {name: getattr(given, name) for name in kind.facts}, kind.facts, {}, values)
            self._pack_facts(path, getattr(given, "own", {}), packs, values)
        else:
            self.complain(path, expected(f"an object with the facts of `{kind.name}`", given))
        return Record(kind, values)

    def _facts(
        self,
        path: str,
        given: Mapping[object, object],
        facts: Mapping[str, Fact],
        packs: Mapping[str, Mapping[str, Fact]],
        values: dict[str, object],
    ) -> None:
        """Reads the facts of one object into `values`; nothing (null) is not known and leaves no trace."""
        self.repeated(path, given)
        for key, value in given.items():
            if isinstance(key, str) and key in facts:
                if value is not None and (read := self._value(f"{path}.{key}", facts[key], value)) is not None:
                    values[facts[key].name] = read
                continue
            at = f"{path}.{shown(key)}"
            if not isinstance(key, str):
                self.complain(at, "the name of a fact is text")
            elif key in packs:
                self._pack_facts(path, {key: value}, packs, values)
            else:
                self.complain(
                    at, f"no such fact{nearest(key, [*facts, *packs]) or '; `socorg-rules schema facts` lists them'}"
                )

    def _pack_facts(
        self, path: str, given: object, packs: Mapping[str, Mapping[str, Fact]], values: dict[str, object]
    ) -> None:
        """Reads what packs declare for themselves, each under its name."""
        if not isinstance(given, Mapping):
            self.complain(f"{path}.own", expected("an object of packs", given))
            return
        for pack, facts in given.items():
            at = f"{path}.{shown(pack)}"
            if pack not in packs:
                self.complain(at, f"no pack of this name declares facts here{nearest(pack, packs)}")
            elif isinstance(facts, Mapping):
                self._facts(at, facts, packs[pack], {}, values)
            elif facts is not None:
                self.complain(at, expected("an object with the facts of this pack", facts))

    def _value(self, path: str, fact: Fact, given: object) -> object:
        """The stored value; None where it was complained about."""
        if fact.of is not None:
            return self._items(path, fact.of, given)
        if fact.type in ELEMENTS:
            return self._list(path, fact, given)
        try:
            return read_value(fact, given)
        except Unfit as problem:
            self.complain(path, problem)
            return None

    def _list(self, path: str, fact: Fact, given: object) -> tuple[object, ...]:
        read: dict[object, None] = {}
        for i, one in enumerate(self._elements(path, given)):
            try:
                value = read_value(fact, one)
            except Unfit as problem:
                self.complain(f"{path}[{i}]", problem)
                continue
            if value in read:
                self.complain(f"{path}[{i}]", f"`{shown(one)}` is listed more than once; keep one")
            read[value] = None
        return tuple(read)

    def _items(self, path: str, kind: EntityType, given: object) -> Items:
        complete, place = True, path
        if isinstance(given, Mapping) and ("items" in given or "complete" in given):
            self.repeated(path, given)
            complete = given.get("complete") is not False
            if not isinstance(given.get("complete"), bool):
                self.complain(f"{path}.complete", expected("yes/no", given.get("complete"), "write true or false"))
            for key in given:
                if key not in ("items", "complete"):
                    self.complain(f"{path}.{shown(key)}", f"no such fact{nearest(key, ('items', 'complete'))}")
            given, place = given.get("items"), f"{path}.items"
        # An item has one path, whether its collection is complete or not: answers name it so.
        records = [self.record(f"{path}[{i}]", kind, one) for i, one in enumerate(self._elements(place, given))]
        first: dict[object, int] = {}
        for i, record in enumerate(records):
            known = record.values.get("id")
            if known is not None and first.setdefault(known, i) != i:
                self.complain(f"{path}[{i}].id", f"`{shown(known)}` is already the id of {path}[{first[known]}]")
        return Items(tuple(records), complete)

    def _elements(self, path: str, given: object) -> Sequence[object]:
        if isinstance(given, list | tuple):
            return given
        self.complain(path, expected("a list", given, "write [ ] around it" if given is not None else ""))
        return ()
