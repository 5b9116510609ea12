"""`only_changes`: of two texts, only some provisions may decide otherwise, and only for some."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs
import yaml

from ..arguments import language, listed
from ..change.compare import EFFORT
from ..change.comparison import Witness
from ..change.declared import Declared, Undeclared, undeclared
from ..editions import to_day
from ..errors import CaseError, PackError, Problem, nearest
from ..expr import ALWAYS, Expr, test
from ..load import load_pack
from ..pack import Pack
from ..phrases import Lang


def only_changes(
    old: str | Pack,
    new: str | Pack,
    provisions: Iterable[str] = (),
    where: Expr = ALWAYS,
    *,
    since: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
    effort: int = EFFORT,
    lang: Lang = "zh",
) -> None:
    """Assert that of two texts only these provisions decide otherwise, and only for those whom a test describes.

    Args:
        old: the earlier text: an id, the path of a pack file, or a `Pack`.
        new: the later one. Of several editions, those are compared that are in force on the same days.
        provisions: those that may differ, by id.
        where: for whom: a test over the facts of the root entity, or of the item where a provision decides item by
            item. Whoever it does not surely exclude may be decided otherwise.
        since: from which day on; on every day where it is left out.
        readings: the alternative to take first, by reading; else each text's own default. Where nothing differs under
            these, other alternatives are tried as well, and the message names those without which nothing does.
        effort: how many cases to look at for what is not proved.
        lang: the language of the message.

    Raises:
        AssertionError: something else differs; the message holds the smallest case and both decisions.
        CaseError: a reading, the effort or the language is not valid; the provisions are no list.
        PackError: a pack is not found or has mistakes, or there is no such provision; `where` is no test.

    >>> today = load_pack("yangpu")
    >>> more = today.changed(parameters={"opening_subsidy.ceiling": 20_000})
    >>> only_changes(today, more, ["opening_subsidy"])
    """
    __tracebackhide__ = True
    before, after = (p if isinstance(p, Pack) else load_pack(p) for p in (old, new))
    problems: list[Problem] = []
    may_differ = listed("provisions", provisions, problems, of="provisions")
    spoken = language(lang, problems)
    if problems:
        raise CaseError(problems)
    declared = Declared(may_differ, test(where, "where"), to_day(since))
    known = dict.fromkeys(name for pack in (before, after) for edition in pack.editions for name in edition.plans)
    if unknown := [name for name in declared.provisions if name not in known]:
        raise PackError([Problem(f"{after.id}.{n}", f"there is no such provision{nearest(n, known)}") for n in unknown])
    found = undeclared(before, after, [declared], readings, effort)
    if found:
        raise AssertionError("\n\n".join(told(one, spoken) for one in found))


def told(found: Undeclared, lang: Lang = "zh") -> str:
    """A difference that was not declared as text: what differs, the smallest case as a case file, both decisions."""
    name, c = found.compared.provision, found.comparison
    alone = attrs.evolve(c, provisions={name: found.compared})
    head = f"未声明的变化：{c.new.id}.{name}" if lang == "zh" else f"a change that was not declared: {c.new.id}.{name}"
    cases = "\n".join(_as_file(w) for w in found.compared.witnesses)
    return f"{head}\n\n{alone.explain(lang).rstrip()}\n\n{cases}".rstrip()


def _as_file(witness: Witness) -> str:
    """A witness as a case file holds it."""
    taken = f"# readings: {dict(witness.readings)}\n" if witness.readings else ""
    plain = yaml.safe_dump(witness.case.to_dict(), allow_unicode=True, sort_keys=False)
    return f"# as_of: {witness.as_of}\n{taken}{plain}"
