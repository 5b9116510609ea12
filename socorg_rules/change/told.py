"""A comparison of two texts as a document: an overview, then each difference with its smallest case."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ..derivations import Derivations
from ..document import Block, Bullets, Code, Document, Inline, Line, Section, Table
from ..explain import styled
from ..phrases import Speech, words
from ..sentences import Sentences
from .order import SLIGHT, Verdict
from .own_facts import strange
from .parting import Parting, lines

if TYPE_CHECKING:
    from ..answer import Decision
    from ..pack import Pack
    from ..phrases import Lang
    from ..reading import Alternative, Reading, TextGap
    from .comparison import Compared, Comparison, Witness
    from .shared_readings import Apart

SAID: dict[str, tuple[str, str]] = {
    "title": ("{pack}：{old} 与 {new} 对照", "{pack}: {old} against {new}"),
    "on": ("询问日期 {day}", "asked on {day}"),
    "taken": ("所取理解", "Under the readings"),
    "span.between": ("{first} 至 {last}", "{first} to {last}"),
    "span.from": ("{first} 起", "from {first}"),
    "span.to": ("{last} 及以前", "up to {last}"),
    "span": ("{days}：{old} 与 {new}", "{days}: {old} against {new}"),
    "overview": ("总览", "Overview"),
    "counts": (
        "{n} 项规定：{different} 项有变化，{same} 项不变",
        "{n} provisions: {different} changed, {same} unchanged",
    ),
    "head.provision": ("规定", "Provision"),
    "head.verdict": ("变化", "Change"),
    "head.known": ("依据", "Known by"),
    "same": ("不变", "same"),
    "more_generous": ("只放宽", "only more generous"),
    "stricter": ("只收紧", "only stricter"),
    "both": ("有宽有严", "more generous for some, stricter for others"),
    "amount": ("金额不同", "different in amount"),
    "undetermined": ("可判定与否不同", "different in what can be decided"),
    "detail": ("结论不变，所示细节不同", "the same decisions, other details"),
    "added": ("新增", "added"),
    "repealed": ("废止", "repealed"),
    "kind.granted": ("原来得不到，现在得到", "decided better than before"),
    "kind.refused": ("原来得到，现在得不到", "decided worse than before"),
    "kind.more": ("金额增加", "a larger sum"),
    "kind.less": ("金额减少", "a smaller sum"),
    "kind.other_sum": ("金额不同", "another sum"),
    "kind.settled": ("原来无法判定，现在可以", "undetermined before, decided now"),
    "kind.opened": ("原来可以判定，现在无法", "decided before, undetermined now"),
    "kind.detail": ("所示细节不同", "other details"),
    "how.same_rules": ("已证明：规则相同", "proved: the rules are the same"),
    "how.same_under_every_reading": (
        "已证明：无论取何种理解，规则相同",
        "proved: the rules are the same under every reading",
    ),
    "how.same_under_shared_readings": (
        "已证明：凡两版都有的理解，规则相同",
        "proved: the rules are the same under every reading that both have",
    ),
    "apart": (
        "理解 {reading}：两版的取法不同，只比较两版都有的；{told}",
        "Reading {reading} has other alternatives; those that both have are compared; {told}",
    ),
    "only.old": ("只见于原版：{names}", "only before: {names}"),
    "only.new": ("只见于新版：{names}", "only after: {names}"),
    "how.witness": ("见下例（查了 {n} 个案例）", "by the case below ({n} cases looked at)"),
    "how.nothing_found": (
        "未证明：查了 {n} 个案例，均无差别",
        "not proved: none of {n} cases is decided differently",
    ),
    "how.undecided": (
        "见下例；已证明凡两版都能判定的，判定相同",
        "by the case below; proved to decide alike whatever both decide",
    ),
    "how.one_way": (
        "见下例；已证明按所取的理解，凡两版都能判定的，没有相反的变化",
        "by the case below; proved that under these readings nothing that both decide differs the other way",
    ),
    "how.one_way.any": (
        "见下例；已证明无论取何种理解，凡两版都能判定的，没有相反的变化",
        "by the case below; proved that under any readings nothing that both decide differs the other way",
    ),
    "how.one_way.shared": (
        "见下例；已证明无论取两版都有的何种理解，凡两版都能判定的，没有相反的变化",
        "by the case below; proved that under any readings of both nothing that both decide differs the other way",
    ),
    "how.detail": (
        "见下例；已证明凡两版都能判定的，结论与金额相同",
        "by the case below; proved to come to the same outcome and sums whatever both decide",
    ),
    "how.solver": ("已证明无差别", "proved"),
    "bounds": ("证明所及：{why}", "Proved of {why}"),
    "case": ("最小案例（{day}）", "Smallest case ({day})"),
    "strange.facts": (
        "{side}没有声明 {facts}，重放时请略去",
        "{side}: {facts} is not declared there; leave it out to replay the case",
    ),
    "strange.values": (
        "{side}的案例文件不接受 {facts} 的这一取值",
        "{side}: its case files take no such value of {facts}",
    ),
    "chosen": ("另取理解", "Under the readings"),
    "open": ("未定", "left open"),
    "before": ("原版", "Before"),
    "after": ("新版", "After"),
    "outcome": ("结论", "Outcome"),
    "entitlement": ("应享", "Entitlement"),
    "payable": ("应付", "Payable"),
    "months_left": ("余下月数", "Months left"),
    "result": ("结果", "Result"),
    "who": ("责任主体", "By whom"),
    "action": ("事项", "What is to be done"),
    "due": ("期限", "By"),
    "value": ("数值", "Figure"),
    "required": ("要求", "Required"),
    "shortfall": ("差额", "Short by"),
    "text_gaps": ("原文未明", "Open in the text"),
    "open_readings": ("未定的理解", "Open readings"),
    "parts_at": ("分歧处：{clause}", "They part at {clause}"),
    "none": ("—", "—"),
    "with": ("{text}（{more}）", "{text} ({more})"),
    "verdict": ("）：{verdict}", "): {verdict}"),
}


def comparison_document(comparison: Comparison, lang: Lang) -> Document:
    """The document of a comparison."""
    return _Telling(lang).document(comparison)


class _Telling:
    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.speech = Speech(lang)
        self.derive = Derivations(self.speech, Sentences(self.speech))

    def say(self, phrase: str, /, **values: object) -> str:
        return SAID[phrase][0 if self.lang == "zh" else 1].format(**values)

    def document(self, c: Comparison) -> Document:
        names = {"pack": c.new.id if c.old.id == c.new.id else f"{c.old.id} / {c.new.id}"}
        title = self.say("title", **names, old=self._edition(c, old=True), new=self._edition(c, old=False))
        head: list[Block] = [Line((self.say("on", day=c.as_of),))] if c.as_of else []
        head += [Line((self.say("taken"),)), self._chosen(c.readings, c.old, c.new)] if c.readings else []
        whole = c.as_of is not None or (c.first is None and c.last is None and not c.parts)
        blocks = self._blocks(c) if whole else (self._span(span) for span in c.spans)
        return Document(self.lang, (title,), (*head, *blocks))

    def _blocks(self, c: Comparison) -> Iterator[Block]:
        yield Section((self.say("overview"),), tuple(self._overview(c)))
        yield from (self._provision(d) for d in c.different)

    def _span(self, c: Comparison) -> Section:
        """What differs on the days of a span, which it names with the editions of these days."""
        ends = "between" if c.first and c.last else "from" if c.first else "to"
        days = self.say(f"span.{ends}", first=c.first, last=c.last)
        editions = {"old": self._edition(c, old=True), "new": self._edition(c, old=False)}
        differing = (self._provision(d) for d in c.different)
        return Section((self.say("span", days=days, **editions),), (*self._overview(c), *differing))

    def _edition(self, c: Comparison, *, old: bool) -> str:
        pack = c.old if old else c.new
        alike = c.old.edition == c.new.edition and c.old.content_hash != c.new.content_hash
        return self.say("with", text=pack.edition, more=pack.content_hash[:8]) if alike else pack.edition

    def _overview(self, c: Comparison) -> Iterator[Block]:
        same = [d for d in c.values() if d.verdict is Verdict.SAME]
        yield Line((self.say("counts", n=len(c), different=len(c) - len(same), same=len(same)),))
        untold = [d for d in same if d.how == "same_rules"]
        rows = tuple((self._name(d), self.say(d.verdict), self._known(d)) for d in c.values() if d not in untold)
        if rows:
            yield Table(tuple(self.say(f"head.{n}") for n in ("provision", "verdict", "known")), rows)
        bounds = dict.fromkeys(d.within.words(self.lang) for d in c.values() if d.within is not None)
        yield from (Line((self.say("bounds", why=why),)) for why in bounds)
        apart = {name: one for d in c.values() for name, one in d.apart.items()}
        yield from (Line((self._apart(self._asked(name, c.new, c.old), one),)) for name, one in apart.items())

    def _apart(self, name: str, apart: Apart) -> str:
        sides = (("old", apart.old), ("new", apart.new))
        told = [self.say(f"only.{side}", names=self.speech.join(names)) for side, names in sides if names]
        return self.say("apart", reading=name, told=self.speech.join(told, "stop"))

    def _name(self, d: Compared) -> Inline:
        return self.speech.cited(d.title if self.lang == "zh" else words(d.provision), d.clause)

    def _known(self, d: Compared) -> str:
        if f"how.{d.how}" in SAID:
            return self.say(f"how.{d.how}", n=d.looked_at)
        if not d.witnesses:
            return self.say("how.solver")
        if any(w.kind not in SLIGHT for w in d.witnesses):
            chosen = any(w.readings for w in d.witnesses)
            return self.say("how.one_way" if not chosen else "how.one_way.shared" if d.apart else "how.one_way.any")
        return self.say("how.detail" if any(w.decided for w in d.witnesses) else "how.undecided")

    def _provision(self, d: Compared) -> Section:
        verdict = self.say("verdict", verdict=self.say(d.verdict))
        title = (*self._name(d), self.speech("named"), Code(d.provision), verdict)
        return Section(
            title, tuple(Section((self.say(f"kind.{w.kind}"),), tuple(self._witness(w))) for w in d.witnesses)
        )

    def _witness(self, w: Witness) -> Iterator[Block]:
        yield Line((self.say("case", day=w.as_of),))
        yield Bullets(tuple(self._facts(w)))
        yield from (Line((told,)) for told in self._strange(w))
        if w.readings:
            yield Line((self.say("chosen"),))
            yield self._chosen(w.readings, w.before.question.pack, w.after.question.pack)
        both = w.before.to_dict(), w.after.to_dict()
        names = [n for n in ("entitlement", "payable") if any(d[n] for d in both)]
        rows = [(self.say("outcome"), *(self._outcome(d) for d in both))]
        rows += [(self.say(n), *(self._sum(d[n]) for d in both)) for n in names]
        open_ = {**self._open(w.before), **self._open(w.after)}
        old, new = (dict(self._details(d, open_)) for d in both)
        told = {name: (old.get(name), new.get(name)) for name in {**old, **new}}
        rows += [(name, a or self.say("none"), b or self.say("none")) for name, (a, b) in told.items() if a != b]
        yield Table(("", self.say("before"), self.say("after")), tuple(rows))
        if w.parting is not None:
            yield Line((self.say("parts_at", clause=w.parting.clause),))
            yield Table((self.say("before"), self.say("after")), tuple(self._sides(w.parting)))

    def _facts(self, w: Witness) -> Iterator[tuple[str, ...]]:
        """Each fact of the case, by its path."""
        for path, value in _leaves("", w.case.to_dict()):
            yield Code(path), f" = {json.dumps(value, ensure_ascii=False).strip(chr(34))}"

    def _strange(self, w: Witness) -> Iterator[str]:
        """What of the case the case files of one text cannot tell."""
        for side, decision in (("before", w.before), ("after", w.after)):
            found = strange(w.case, decision.question.pack)
            for n in ("facts", "values"):
                if paths := getattr(found, n):
                    yield self.say(f"strange.{n}", side=self.say(side), facts=self.speech.join(paths))

    def _outcome(self, d: Any) -> str:  # noqa: ANN401 - a decision as plain data
        said = self.speech(styled(d["outcome"], d, d["kind"]))
        why = d["reason"]
        return said if why is None else self.say("with", text=said, more=self.speech(f"reason.{why}"))

    def _details(self, d: Any, open_: Mapping[str, str]) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - plain data
        """What else a decision tells, by what it is called: its items, each requirement of a standard. `open_` are the
        words for what it leaves open."""
        measure = d.get("measure") or {}
        plain = {n: d.get(n) for n in ("months_left", "result")} | dict(d.get("duty") or {})
        plain["due"] = d.get("due") or plain.get("due")
        yield from ((self.say(n), str(v)) for n, v in plain.items() if v is not None)
        figures = {n: measure.get(n) for n in ("value", "required", "shortfall")}
        yield from (
            (self.say(n), self.speech.quantity(v, measure["unit"])) for n, v in figures.items() if v is not None
        )
        yield from (
            (self.say(n), self.speech.join((open_[one] for one in d[n]), "stop"))
            for n in ("text_gaps", "open_readings")
            if d[n]
        )
        yield from ((c["test"], self.speech(c["outcome"])) for c in d.get("checklist") or ())
        for item in d.get("items") or ():
            yield f"{item['item']} {self.say('outcome')}", self._outcome({**d, **item})
            yield f"{item['item']} {self.say('payable')}", self._sum(item["payable"])
            yield from ((f"{item['item']} {name}", told) for name, told in self._details(item, open_))

    def _sum(self, amount: Any) -> str:  # noqa: ANN401 - an amount as plain data
        return self.speech.amount(amount) if amount else self.say("none")

    def _chosen(self, readings: Mapping[str, str | None], *packs: Pack) -> Bullets:
        """Each reading with what is taken of it, by their names and in words."""
        return Bullets(tuple(tuple(self._taken(name, taken, packs)) for name, taken in readings.items()))

    def _taken(self, name: str, taken: str | None, packs: tuple[Pack, ...]) -> Inline:
        held = [reading for pack in packs if (reading := _reading(name, pack)) is not None]
        labels = [self._either(a, "label") for r in held for n, a in r.alternatives.items() if n == taken]
        said = [self._either(r, "question") for r in held][:1] + (labels[:1] if taken else [self.say("open")])
        return Code(f"{name}={taken}" if taken else name), self.say("with", text="", more=" ".join(said))

    def _open(self, decision: Decision) -> dict[str, str]:
        """The words for what a decision, or one of its items, leaves open: for gaps, and for readings by their name."""
        finding, pack = decision.finding, decision.question.pack
        gaps = {g.question: self._either(g, "question") for f in (finding, *(finding.items or ())) for g in f.gaps}
        return gaps | {name: self._asked(name, pack) for name in pack.readings}

    def _asked(self, name: str, *packs: Pack) -> str:
        """A reading by its name, with what it asks."""
        asked = [self._either(reading, "question") for p in packs if (reading := _reading(name, p)) is not None]
        return self.say("with", text=name, more=asked[0]) if asked else name

    def _either(self, of: Alternative | Reading | TextGap, name: str) -> str:
        """What is declared in both languages."""
        return str(getattr(of, name if self.lang == "zh" else f"{name}_en"))

    def _sides(self, p: Parting) -> Iterator[tuple[str, str]]:
        """Both derivations from where they part, line by line."""
        sides = [[self._line(step, p.role) for step in lines(s)] if s is not None else [] for s in (p.old, p.new)]
        for i in range(max(map(len, sides))):
            before, after = (side[i] if i < len(side) else "" for side in sides)
            yield before, after

    def _line(self, step: Any, role: str) -> str:  # noqa: ANN401 - a step as plain data
        node = self.derive.node(step) if "truth" in step else self.derive.amount(step, role_word(role, self.speech))
        return "".join(node.text)


def _reading(name: str, pack: Pack) -> Reading | None:
    """A reading of a pack, in whichever edition; its name may begin with that of the pack."""
    plain = name.removeprefix(f"{pack.id}.")
    return next((e.readings[plain] for e in pack.whole.editions[::-1] if plain in e.readings), None)


def role_word(role: str, speech: Speech) -> str:
    """The part of a provision in words."""
    return speech(f"part.{role}")


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _leaves(f"{path}.{name}".lstrip("."), inner)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        at = 0
        for inner, run in groupby(value):  # items that are all alike are told once
            last = at + len(list(run)) - 1
            yield from _leaves(f"{path}[{at}]" if last == at else f"{path}[{at}-{last}]", inner)
            at = last + 1
    else:
        yield path, value
