"""What can be said of a pack before any case is known: what it can never grant, and which of its words never matter.

Every finding is a proof over all cases within bounds, or comes with a case that shows it. What is a property of the
law itself the pack declares (`known`); whatever else is found is a mistake of the pack.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

import attrs

from .case import Case
from .errors import PackError
from .load import load_pack
from .pack import Pack

if TYPE_CHECKING:
    from .engines.solver_bounds import Bounds

Kind = Literal[
    "never_met",
    "never_refused",
    "dead_test",
    "implied_test",
    "needless_test",
    "overlap",
    "crossed_range",
    "table_gap",
    "idle_reading",
    "unsettled",
    "not_read",
]
WORDS: Mapping[str, tuple[str, str]] = {
    "never_met": ("任何案例都不可能符合", "no case can meet it"),
    "never_refused": ("任何案例都不会被拒绝", "no case can be refused"),
    "dead_test": ("该条件从不影响结果", "the test never matters"),
    "implied_test": ("该条件已为其他条件所包含", "the test is implied by the others"),
    "needless_test": ("该条件在起作用之处从不成立", "the test never holds where it would matter"),
    "overlap": ("同一事项可同时领取两项", "both pay for the same thing"),
    "crossed_range": ("金额下限可高于上限", "the least that it grants can be more than its ceiling"),
    "table_gap": ("符合条件而按表金额为零", "met, and its table grants nothing"),
    "idle_reading": ("两种理解在任何案例中结果相同", "the two alternatives never decide a case differently"),
    "unsettled": ("未能以限定的计算量判明", "not settled with so much work"),
    "not_read": ("含求解器不能处理的写法", "holds a form that the solver cannot read"),
}
"""What each kind of finding says, in Chinese and in English."""


SHOWN_BY = {"proved": ("已证明", "proved"), "witness": ("有例为证", "witness"), "unsettled": ("未判明", "unsettled")}


@attrs.frozen(eq=False)
class Flaw:
    """One finding.

    `id` names it: its kind, and the provisions, test or reading that it is about. `witness` is a case that shows it,
    with the day and the readings; without one, it is proved. `known` is why the pack declares it as a property of the
    law. `editions` are those of the pack that it is found of, the oldest first.
    """

    kind: Kind
    about: str
    witness: Case | None = None
    as_of: dt.date | None = None
    readings: Mapping[str, str | None] | None = None
    known: str | None = None
    editions: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its name, which a pack declares it by."""
        return f"{self.kind}:{self.about}"

    @property
    def shown_by(self) -> Literal["proved", "witness", "unsettled"]:
        """How it is known."""
        if self.kind in {"unsettled", "not_read"}:
            return "unsettled"
        return "proved" if self.witness is None else "witness"

    def words(self, lang: str = "zh") -> str:
        """What is found, in words."""
        return WORDS[self.kind][lang == "en"]

    def to_dict(self) -> dict[str, object]:
        """Plain data."""
        return {
            "finding": self.id,
            "says": self.words("en"),
            "shown_by": self.shown_by,
            "witness": None if self.witness is None else self.witness.to_dict(),
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "readings": None if self.readings is None else dict(self.readings),
            "known": self.known,
            "editions": [*self.editions],
        }


@attrs.frozen(eq=False)
class Verification:
    """What was found of a pack: `flaws` in its order; `lapsed`, what it declares and what is not found any more.

    `beyond` names the provisions that tell more different items apart than the bounds hold, of which not every test was
    shown to matter: that a test of theirs never matters is not said.
    """

    pack: Pack
    bounds: Bounds
    flaws: tuple[Flaw, ...]
    lapsed: tuple[str, ...]
    beyond: tuple[str, ...]

    @property
    def undeclared(self) -> tuple[Flaw, ...]:
        """The findings that the pack does not declare."""
        return tuple(f for f in self.flaws if f.known is None)

    @property
    def is_clean(self) -> bool:
        """Whether all that is found is declared, and all that is declared is found."""
        return not self.undeclared and not self.lapsed

    def to_dict(self) -> dict[str, object]:
        """Plain data, as `socorg-rules verify --format json` prints it."""
        return {
            "pack": self.pack.id,
            "edition": self.pack.edition,
            "editions": [e.edition for e in self.pack.editions],
            "clean": self.is_clean,
            "bounds": self.bounds.words("en"),
            "findings": [f.to_dict() for f in self.flaws],
            "declared_and_not_found": list(self.lapsed),
            "tests_not_judged": list(self.beyond),
        }


def verify(
    pack: str | Pack,
    bounds: Bounds | None = None,
    *,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Verification:
    """Examine every provision of a pack, in each of its editions; a text that several of them have, once.

    Args:
        pack: an id, the path of a pack file, or a `Pack`.
        bounds: the cases to look at; those that tell every fact within `Bounds()`, in all years that the pack names,
            where left out.
        progress: told how many different texts of provisions are done, of how many.

    Raises:
        CaseError: the bounds are none.
        PackError: z3 is not installed; or the pack is not found or has mistakes.

    >>> from socorg_rules import load_pack
    >>> [flaw.id for flaw in verify(load_pack("daoli")).undeclared]
    []
    """
    need_solver()
    from .engines.solver_bounds import Bounds as Within  # noqa: PLC0415 - z3 is an extra
    from .engines.solver_bounds import checked_bounds  # noqa: PLC0415
    from .engines.solver_checks import flaws_of  # noqa: PLC0415
    from .engines.solver_years import spanning  # noqa: PLC0415

    held = pack if isinstance(pack, Pack) else load_pack(pack)
    plans = [plan for edition in held.editions for plan in edition.plans.values()]
    within = checked_bounds(bounds) or spanning(plans, Within(complete=True, work=500_000_000))
    declared = {k.finding: k.because for edition in held.editions for k in edition.known}
    beyond: list[str] = []
    found = [attrs.evolve(f, known=declared.get(f.id)) for f in flaws_of(held, within, beyond, progress)]
    lapsed = [name for name in declared if name not in {f.id for f in found}]
    return Verification(held, within, tuple(found), tuple(lapsed), tuple(beyond))


def need_solver() -> None:
    """See that z3 is there.

    Raises:
        PackError: it is not installed.
    """
    if find_spec("z3") is None:
        raise PackError("z3 is not installed, which searches and proves; install `socorg-rules[solver]`")


def _chosen(flaw: Flaw, pack: Pack) -> str:
    """The readings of a finding's case that are taken otherwise than by default, which the case needs to be asked."""
    edition = next(e for e in reversed(pack.editions) if e.edition in flaw.editions)
    taken = (flaw.readings or {}).items()
    return "、".join(f"{name}={other or ''}" for name, other in taken if other != edition.default_readings[name])


def verification_lines(found: Verification, lang: str) -> Iterator[str]:
    """What was found, in lines for people."""
    chinese = lang == "zh"
    editions = [e.edition for e in found.pack.editions]
    for flaw in found.flaws:
        shown = SHOWN_BY[flaw.shown_by][not chinese]
        if len(flaw.editions) < len(editions):
            shown += f"；版本 {'、'.join(flaw.editions)}" if chinese else f"; edition {', '.join(flaw.editions)}"
        yield f"{flaw.id}  {flaw.words(lang)}{f'（{shown}）' if chinese else f' ({shown})'}"
        if flaw.known is not None:
            yield f"  {'已声明：' if chinese else 'declared: '}{flaw.known}"
        if flaw.witness is not None:
            yield f"  {flaw.as_of}  {json.dumps(flaw.witness.to_dict(), ensure_ascii=False)}"
            chosen = _chosen(flaw, found.pack)
            if chosen:
                yield f"  {'另取理解' if chinese else 'under the readings'} {chosen}"
    stale = "已声明而未再发现，请从包中删去" if chinese else "declared, and not found: remove it from the pack"
    yield from (f"{name}  {stale}" for name in found.lapsed)
    if found.beyond:
        told = (
            "所计不同事项多于范围所及，其条件未作判断"
            if chinese
            else "count beyond the bounds; their tests are not judged"
        )
        yield f"{', '.join(found.beyond)}  {told}"
    open_ = len(found.undeclared) + len(found.lapsed)
    name = found.pack.id
    if len(editions) > 1:
        name += f"（版本 {'、'.join(editions)}）" if chinese else f" (editions {', '.join(editions)})"
    sizes = name, len(found.pack.plans), len(found.pack.readings), len(found.flaws), open_
    summary = (
        "{}：{} 项规定、{} 项理解，发现 {} 处，其中 {} 处待处理"
        if chinese
        else "{}: {} provisions, {} readings, {} findings, {} of them open"
    )
    yield summary.format(*sizes)
    yield f"{'范围：' if chinese else 'Bounds: '}{found.bounds.words(lang)}"
