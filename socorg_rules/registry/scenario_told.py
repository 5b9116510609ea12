"""Scenarios on a registry as documents: who wins and loses, and what a policy costs before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..document import Block, Bullets, Cell, Document, Line, Section, Table
from ..phrases import Lang, Speech, words
from .verdicts import VERDICTS

if TYPE_CHECKING:
    from ..money import Amount
    from ..pack import Pack
    from .costing import Cost
    from .impact import Changed, Impact
    from .sweep import Sweep

SCENARIOS: Mapping[str, tuple[str, str]] = {
    "impact": ("{pack}：{old} 改为 {new} 的影响", "{pack}: what changing {old} to {new} does"),
    "instead": ("由《{old}》改为《{new}》的影响", "What {new} in the place of {old} does"),
    "decided": ("两个版本都判定的组织：{n} 家", "Organizations decided under both texts: {n}"),
    "not_decided": ("数据有误、未判定：{n} 家", "Not decided, since their data are not valid: {n}"),
    "wins": ("受益", "better off"),
    "loses": ("受损", "worse off"),
    "unclear": ("说不清", "unclear"),
    "same": ("不变", "the same"),
    "verdicts": ("谁受影响", "Who is affected"),
    "organizations": ("组织数", "Organizations"),
    "costs": ("逐项支出", "What each provision comes to"),
    "cost.before": ("原来可领", "Payable before"),
    "cost.after": ("改后可领", "Payable after"),
    "cost.met": ("符合", "Met"),
    "cost.open": ("尚不能确定", "Undetermined"),
    "arrow": ("{before} → {after}", "{before} → {after}"),
    "more.once": ("一次性可领合计的变化：{amount}", "Change of what is payable once, in all: {amount}"),
    "more.month": ("每月可领合计的变化：{amount}", "Change of what is payable every month, in all: {amount}"),
    "to": (" 至 ", " to "),
    "only_sure": (
        "只计符合条件者；尚不能确定和由主管部门酌定的不在金额之内。",
        "Only what is met counts: what is undetermined, or left to the authority, is in no sum.",
    ),
    "nothing_differs": ("两个版本的规则相同，谁的结论都不变。", "The rules are the same: nobody is decided otherwise."),
    "sweep": ("{label}（{address}）取不同数值", "{label} ({address}) at several values"),
    "sweep.now": ("现行：{value}", "As it stands: {value}"),
    "sweep.value": ("取值", "Value"),
    "sweep.cost": ("可领合计", "Payable in all"),
}
"""Every phrase by its key: Chinese, English."""


def impact_document(shown: Impact, lang: Lang) -> Document:
    """The document of an impact."""
    say = Speech(lang, SCENARIOS)
    texts = shown.old, shown.new
    names = [p.title if say.chinese else p.id for p in texts]
    if shown.old.id == shown.new.id:
        old, new = (_edition(p, other) for p, other in (texts, texts[::-1]))
        title = say("impact", pack=names[1], old=old, new=new)
    else:
        title = say("instead", old=names[0], new=names[1])
    return Document(lang, (title,), tuple(_impact(shown, say)))


def _edition(pack: Pack, other: Pack) -> str:
    return pack.edition if pack.edition != other.edition else f"{pack.edition}（{pack.content_hash[:8]}）"


def _impact(shown: Impact, say: Speech) -> Iterator[Block]:
    head = [say("as_of", day=shown.as_of), say("decided", n=f"{shown.rows.height:,}")]
    head += [say("not_decided", n=f"{shown.left_out:,}")] if shown.left_out else []
    for per, amount in shown.more.items():
        if amount.min or amount.max != 0:
            head.append(say(f"more.{per}", amount=change(amount, say)))
    yield Bullets(tuple((line,) for line in head))
    if not shown.provisions:
        yield Line((say("nothing_differs"),))
        return
    table = Table(tuple(map(say, VERDICTS)), (tuple(f"{shown.counts[v]:,}" for v in VERDICTS),))
    yield Section((say("verdicts"),), (table,))
    head = [say(k) for k in ("provision", *VERDICTS[:3], "cost.before", "cost.after", "cost.met", "cost.open")]
    rows = tuple(_row(p, say) for p in shown.provisions)
    yield Section((say("costs"),), (Table(head, rows), Line((say("only_sure"),))))


def _row(p: Changed, say: Speech) -> tuple[Cell, ...]:
    title = p.title if say.chinese else words(p.provision).capitalize()
    counts = (f"{p.counts[v]:,}" for v in VERDICTS[:3])
    sums = (_sum(cost, say) for cost in (p.before, p.after))
    both = ((f"{p.before.met:,}", f"{p.after.met:,}"), (f"{p.before.undetermined:,}", f"{p.after.undetermined:,}"))
    turned = (before if before == after else say("arrow", before=before, after=after) for before, after in both)
    return (say.cited(title, p.clause), *counts, *sums, *turned)


def _sum(cost: Cost, say: Speech) -> str:
    return say.amount(cost.payable.to_dict())


def change(amount: Amount, say: Speech) -> str:
    """A difference of sums, with its sign."""
    ends = dict.fromkeys(f"{end:+,}" for end in (amount.min, amount.max) if end is not None)
    return say("yuan", sum=say("to").join(ends)) if amount.max is not None else say("unbounded")


def sweep_document(shown: Sweep, lang: Lang) -> Document:
    """The document of a sweep."""
    say, given = Speech(lang, SCENARIOS), shown.parameter
    label = given.label if say.chinese else words(given.name.rpartition(".")[2])
    title = say("sweep", label=label, address=given.name)
    head = Bullets(((say("as_of", day=shown.as_of),), (say("sweep.now", value=figure(given.value, given.unit, say)),)))
    columns = [say(k) for k in ("sweep.value", "provision", *VERDICTS[:3], "sweep.cost", "cost.met")]
    rows: list[tuple[Cell, ...]] = [
        (
            figure(point.value, given.unit, say),
            say.cited(p.title if say.chinese else words(p.provision).capitalize(), p.clause),
            *(f"{p.counts[v]:,}" for v in VERDICTS[:3]),
            _sum(p.after, say),
            f"{p.after.met:,}",
        )
        for point in shown.points
        for p in point.impact.provisions
    ]
    return Document(lang, (title,), (head, Table(columns, rows), Line((say("only_sure"),))))


def figure(value: object, unit: str, say: Speech) -> str:
    """A value of a parameter with its unit."""
    return say.quantity(str(value), unit)
