"""The public entrance: a case, a pack and a day in, an answer out."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import overload

from .answer import Answer, Answers
from .calendar import parse_day
from .case import Case, read_case, read_case_text
from .casefile import Form
from .errors import CaseError, PackError, Problem, nearest
from .facts import EntityType, OwnFacts, Record, entity_type
from .load import load_pack, packs
from .pack import Pack
from .payments import payment_mistakes
from .question import Question, wrong_engine
from .value import FIRST_YEAR, LAST_YEAR
from .vocabulary import ROOTS

DEFAULT_ENGINE = "compiled"
OBSERVERS: list[Callable[[Question], object]] = []
"""Each is told every question that has been answered: what a run of tests covers is seen so. Without any, it costs
nothing."""


def load_case(source: object, packs: Iterable[str | Pack] = ()) -> Case:
    """Read and validate a case.

    Args:
        source: the path of a JSON, YAML or TOML file, a mapping with one root entity, or an entity built in code.
        packs: packs whose root entities and own facts the case may hold, beside those installed.

    Raises:
        CaseError: lists everything that is wrong with it, each with its path.

    >>> load_case({"organization": {"status": "已登记"}}).to_dict()
    {'organization': {'status': 'registered'}}
    """
    return _read(partial(read_case, source), packs)


def load_case_text(
    text: str | bytes, packs: Iterable[str | Pack] = (), *, form: Form = "json", name: str = "standard input"
) -> Case:
    """Read and validate a case that is at hand as the text of a file; `name` stands for the file in messages.

    Raises:
        CaseError: as for `load_case`.
    """
    return _read(partial(read_case_text, text, form=form, name=name), packs)


@overload
def assess(
    case: object,
    pack: str | Pack,
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
    engine: str | None = None,
) -> Answer: ...
@overload
def assess(
    case: object,
    pack: list[str | Pack] | list[str] | list[Pack] | tuple[str | Pack, ...],
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
    engine: str | None = None,
) -> Answers: ...
def assess(
    case: object,
    pack: str | Pack | list[str | Pack] | list[str] | list[Pack] | tuple[str | Pack, ...],
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
    engine: str | None = None,
) -> Answer | Answers:
    """Decide every provision of a pack for a case.

    Args:
        case: a `Case`, or whatever `load_case` reads.
        pack: an id, the path of a pack file, a `Pack`, or a list of these.
        as_of: the day of the question, a date or ISO text; today where left out, and the answer says so.
        readings: the alternative to take, by reading; None leaves a reading open. With several packs, a name may be
            written `pack.name`.
        engine: which engine decides; all give the same answer. `compiled`, which is taken where none is named, is the
            fastest from the second question to a pack on: the first one makes the pack's functions, in about 0.2 s for
            Yangpu. `reference` needs no such beginning. `forward` is forward chaining.

    Returns:
        An answer; several, by pack id, where `pack` is a list.

    Raises:
        CaseError: the case, the day, a reading or the engine is not valid; every problem is listed.
        PackError: a pack is not found or has mistakes.

    >>> case = {"organization": {"status": "registered", "division": "310110", "established_on": "2022-03-10",
    ...         "annual_inspections": [{"year": 2022, "result": "合格", "concluded_on": "2023-05-20"}], "payments": []}}
    >>> assess(case, pack="yangpu", as_of="2023-06-01")["opening_subsidy"].payable
    Amount(min=Decimal('0.00'), max=Decimal('10000.00'), per='once')
    """
    asked = questions(case, list(pack) if isinstance(pack, list | tuple) else [pack], as_of, readings, engine)
    answers = {q.pack.id: answer_to(q) for q in asked}
    return Answers(answers) if isinstance(pack, list | tuple) else answers[asked[0].pack.id]


def questions(
    case: object,
    named: Iterable[str | Pack],
    as_of: dt.date | str | None,
    readings: Mapping[str, str | None] | None,
    engine: str | None = None,
) -> list[Question]:
    """The question that a case puts to each of these packs.

    Raises:
        CaseError, PackError: as for `assess`; every problem of the case, the day and the readings at once.
    """
    named = list(named)
    others = [p for p in named if not isinstance(p, str | os.PathLike | Pack)]
    if others:
        told = "is no pack; give an id, a path, a `Pack`, or a list of these"
        raise CaseError([Problem("pack", f"`{other!r}` {told}") for other in others])
    given = [p if isinstance(p, Pack) else load_pack(p) for p in named]
    if not given:
        raise CaseError(Problem("pack", "no pack is named; name at least one"))
    twice = [i for i, times in Counter(p.id for p in given).items() if times > 1]
    problems = [Problem("pack", f"`{i}` is named twice; name it once") for i in twice]
    day = read_day(as_of, problems)
    asked = [p.on(day) for p in given]
    taken = read_readings(asked, {} if readings is None else readings, problems)
    problems += wrong_engine(engine or DEFAULT_ENGINE)
    try:
        read = read_under(case, asked)
    except CaseError as error:
        problems += error.problems
    if problems:
        raise CaseError(problems)
    chosen = engine or DEFAULT_ENGINE
    return [
        Question(p, read, day, taken[p.id], as_of is None, chosen, chosen=_of_pack(p, readings or {})) for p in asked
    ]


def _of_pack(pack: Pack, readings: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """What was chosen of the readings of any edition, by their plain names."""
    if not readings:
        return readings
    known = {name for edition in pack.whole.editions for name in edition.readings}
    plain = {name.removeprefix(f"{pack.id}."): alternative for name, alternative in readings.items()}
    return {name: alternative for name, alternative in plain.items() if name in known}


def read_under(case: object, asked: list[Pack]) -> Case:
    """A case, looked at for what only these packs can find wrong with it.

    Raises:
        CaseError: everything that is wrong with it.
    """
    wrong = partial(_wrong_under, asked)
    if not isinstance(case, Case):
        return _read(partial(read_case, case, further=wrong), asked)
    problems = wrong(case.record)
    if problems:
        raise CaseError(problems)
    return case


def read_changed(case: Case, fact: str, given: object, asked: list[Pack]) -> Case:
    """A case of which one fact of the root entity is told anew; `given` is a case that tells only this one.

    Raises:
        CaseError: everything that is wrong with the changed case.
    """

    def changed(part: Record) -> Record:
        own = {n: v for n, v in part.values.items() if n == fact or n.startswith(f"{fact}.")}
        kept = {n: v for n, v in case.record.values.items() if n != fact and not n.startswith(f"{fact}.")}
        return Record(case.root, {**kept, **own})

    part = _read(partial(read_case, given, further=lambda record: _wrong_under(asked, changed(record))), asked)
    own = [o for o in part.own if not any(o is known for known in case.own)]
    return Case(case.root, changed(part.record), (*case.own, *own))


def _wrong_under(asked: list[Pack], record: Record) -> list[Problem]:
    """What only the packs can find wrong with a case: payments, and that they have nothing to say about it."""
    plans = [plan for p in asked for plan in p.about(record.type)]
    if not any(e.about(record.type) for p in asked for e in p.whole.editions):
        told = f"no provision of {', '.join(p.id for p in asked)} is about `{record.type.name}`"
        return [Problem(record.type.name, told)]
    return payment_mistakes(record, plans, lambda: all_provisions(asked))


def answer_to(question: Question) -> Answer:
    """The answer to a question.

    Raises:
        CaseError: the case contradicts itself in what the pack asks of it.
    """
    decide = question.engine.decide
    found = tuple((plan, decide(plan)) for plan in question.pack.about(question.case.root))
    question.evaluator.refuse_contradictions()
    for observe in OBSERVERS:
        observe(question)
    return Answer(question, found)


def _read(read: Callable[[list[EntityType], list[OwnFacts]], Case], packs_: Iterable[str | Pack]) -> Case:
    """Read a case; installed packs are looked into only where it holds something else than expected."""
    given = [p if isinstance(p, Pack) else load_pack(p) for p in packs_]
    try:
        return read(*known_facts(given))
    except CaseError as first:
        installed = [p for p in _sound_packs() if p.id not in {g.id for g in given}]
        if not any(p.own for p in installed) and {e for p in installed for e in p.roots} <= set(known_facts(given)[0]):
            raise
        try:
            return read(*known_facts([*given, *installed]))
        except CaseError as second:
            raise second from first


def known_facts(given: Iterable[Pack]) -> tuple[list[EntityType], list[OwnFacts]]:
    """The root entities that a case can be about, and the own facts of these packs."""
    editions = [edition for pack in given for edition in pack.whole.editions]
    roots = dict.fromkeys([*map(entity_type, ROOTS), *(e for p in editions for e in p.roots)])
    own = {id(own): own for p in editions for own in p.own}
    return list(roots), list(own.values())


def all_provisions(asked: Iterable[Pack] = ()) -> frozenset[str]:
    """The provisions of these packs and of every installed one, plain and with the name of their pack; in any edition:
    what was paid under one that is gone stays paid."""
    editions = (edition for pack in (*asked, *_sound_packs()) for edition in pack.whole.editions)
    return frozenset(n for e in editions for i in e.plans for n in (i, f"{e.id}.{i}"))


def _sound_packs() -> list[Pack]:
    """The installed packs that load; what is wrong with another is told when that pack is asked for."""
    found = []
    for name in packs():
        with contextlib.suppress(PackError):
            found.append(load_pack(name))
    return found


def read_day(as_of: object, problems: list[Problem], name: str = "as_of") -> dt.date:
    """The day of a question; what is wrong with it joins the problems, under the name that it was given as."""
    match as_of:
        case None:
            return dt.datetime.now().astimezone().date()
        case dt.date() if not isinstance(as_of, dt.datetime):
            day: dt.date | None = as_of
        case str():
            day = parse_day(as_of)
        case _:
            day = None
    if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    told = "write it as `YYYY-MM-DD`" if day is None else f"write one from {FIRST_YEAR} to {LAST_YEAR}"
    problems.append(Problem(name, f"`{as_of}` is no day of the calendar; {told}"))
    return dt.date.min


def read_readings(asked: list[Pack], wanted: object, problems: list[Problem]) -> dict[str, dict[str, str | None]]:
    """For each pack, the alternative taken of each of its readings. One of another edition may be chosen as well."""
    taken = {p.id: dict(p.default_readings) for p in asked}
    of = {p.id: {name: r for e in (*p.whole.editions, p) for name, r in e.readings.items()} for p in asked}
    if not isinstance(wanted, Mapping):
        problems.append(Problem("readings", f"`{wanted!r}` is no mapping; write {{reading: alternative}}"))
        return taken
    for name, alternative in wanted.items():
        if not isinstance(name, str):
            problems.append(Problem("readings", f"`{name!r}` is no name of a reading; write {{reading: alternative}}"))
            continue
        if not isinstance(alternative, str | None):
            told = f"`{alternative!r}` is no text; write the name of an alternative, or None to leave the reading open"
            problems.append(Problem(f"readings.{name}", told))
            continue
        pack_id, dot, plain = name.rpartition(".") if "." in name else ("", "", name)
        meant = [p for p in asked if plain in of[p.id] and (not dot or p.id == pack_id)]
        if not meant:
            known = {n for p in asked for r in of[p.id] for n in ((r, f"{p.id}.{r}") if len(asked) > 1 else (r,))}
            problems.append(Problem(f"readings.{name}", f"no such reading{nearest(name, known)}"))
        for p in meant:
            complaint = of[p.id][plain].check(alternative)
            if complaint:
                problems.append(Problem(f"readings.{name}", complaint))
            if plain in taken[p.id]:
                taken[p.id][plain] = alternative
    return taken
