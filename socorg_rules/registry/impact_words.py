"""What a changed policy or a swept number means for a registry, in words and tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..document import Block, Document, Line, Section, Table
from ..money import to_yuan
from ..phrases import Lang, Speech, words

if TYPE_CHECKING:
    from .costs import Cost
    from .impact import Impact, OfProvision
    from .sweep import Sweep

IMPACT: Mapping[str, tuple[str, str]] = {
    "impact": ("“{before}”改为“{after}”的影响", "what changes from “{before}” to “{after}”"),
    "counted": (
        "截至 {day}，共 {rows} 家：{winners} 家受益，{losers} 家受损",
        "As of {day}, of {rows} rows {winners} gain and {losers} lose",
    ),
    "nothing": ("两个文本的判定规则相同", "Both texts decide alike"),
    "only": (
        "只列判定规则不同的规定；其余规定的结果和费用不变",
        "Only provisions that decide otherwise are told; the others come to the same and cost the same",
    ),
    "costs": ("费用", "Costs"),
    "changes": ("变化", "Changes"),
    "before": ("原文本", "Before"),
    "after": ("新文本", "After"),
    "what": ("规定", "Provision"),
    "total.once": ("一次性合计", "Total, once"),
    "total.month": ("每月合计", "Total, every month"),
    "cost": ("{met} 家，{sum}", "{met}: {sum}"),
    "cost.open": ("{met} 家，{sum}（另有 {n} 家尚不能确定）", "{met}: {sum} (and {n} undetermined)"),
    "no_ceiling": ("不低于 {low} 元，上限未定", "at least {low} yuan, with no known ceiling"),
    "gained": ("新获", "gained"),
    "lost": ("失去", "lost"),
    "more": ("增加", "more"),
    "less": ("减少", "less"),
    "wider": ("区间一端升一端降", "one end up, one down"),
    "unclear": ("尚不能确定", "undetermined"),
    "other": ("其他变化", "otherwise"),
    "sweep": ("{name} 取不同数值的影响", "{name} at other values"),
    "sweep_of": ("截至 {day}；现为 {value}", "As of {day}; it is {value} now"),
    "value": ("数值", "Value"),
    "once": ("一次性", "Once"),
    "month": ("每月", "Every month"),
}


def impact_document(impact: Impact, lang: Lang) -> Document:
    """Who gains, who loses, and what it costs."""
    say = Speech(lang, IMPACT)
    pack = impact.new
    about = pack.title if say.chinese else pack.id
    head = say("impact", before=impact.old.edition, after=impact.new.edition)
    title = (say("titled", title=about, text=head),)
    counts = {"rows": impact.count, "winners": impact.winners, "losers": impact.losers}
    blocks: list[Block] = [Line((say("counted", day=impact.as_of, **{k: f"{n:,}" for k, n in counts.items()}),))]
    if not impact.compared:
        return Document(say.lang, title, (*blocks, Line((say("nothing"),))))
    paying = [p for p in impact.provisions if p.per is not None]
    rows: list[tuple[str, ...]] = [(_title(p, say), _cost(p.before, say), _cost(p.after, say)) for p in paying]
    rows += [
        (say(f"total.{per}"), *(_cost(impact.total(side, per), say) for side in ("before", "after")))
        for per in ("once", "month")
        if sum(p.per == per for p in paying) > 1
    ]
    if rows:
        blocks.append(Section((say("costs"),), (Table((say("what"), say("before"), say("after")), rows),)))
    kinds = [c for c in impact.provisions[0].changes if any(p.changes[c] for p in impact.provisions)]
    changed = [(_title(p, say), *(f"{p.changes[c]:,}" for c in kinds)) for p in impact.provisions]
    table = Table((say("what"), *(say(c) for c in kinds)), changed)
    blocks += [Section((say("changes"),), (table,)), Line((say("only"),))]
    return Document(say.lang, title, tuple(blocks))


def sweep_document(sweep: Sweep, lang: Lang) -> Document:
    """A row for each value."""
    say = Speech(lang, IMPACT)
    number = sweep.parameter
    rows = [(f"{point.value}", *(_cost(point.costs[per], say) for per in sweep.pers)) for point in sweep.points]
    name = say("titled", title=sweep.pack.title if say.chinese else sweep.pack.id, text="")
    title = f"{name}{say('sweep', name=number.label if say.chinese else number.name)}"
    told = say("sweep_of", day=sweep.as_of, value=say.quantity(str(number.value), number.unit))
    table = Table(
        (
            f"{say('value')}（{number.unit}）" if say.chinese and number.unit else say("value"),
            *(say(per) for per in sweep.pers),
        ),
        rows,
    )
    return Document(say.lang, (title,), (Line((told,)), table))


def _title(of: OfProvision, say: Speech) -> str:
    return of.title if say.chinese else words(of.provision).capitalize()


def _cost(cost: Cost, say: Speech) -> str:
    """How many get how much in all."""
    low, high = (str(to_yuan(end)) for end in (cost.low, cost.high))
    told = (
        say("no_ceiling", low=say.sum(low)) if cost.unbounded else say.amount({"min": low, "max": high, "per": "once"})
    )
    counted = {"met": f"{cost.met:,}", "sum": told}
    return say("cost.open", **counted, n=f"{cost.undetermined:,}") if cost.undetermined else say("cost", **counted)
