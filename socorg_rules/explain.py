"""From the plain data of an answer to what a person reads: outcome, sums, why, why not, what is missing.

It knows the data alone, `to_dict(trace=True)` with or without `depends_on`, and so says nothing that these do not hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .derivations import TESTS, Derivations
from .document import Block, Bullets, Code, Document, Inline, Line, Mark, Section, Table
from .phrases import PHRASES, Lang, Speech, words
from .proof import Leaf, open_leaves, proof, why_not
from .sentences import Sentences

Data = Mapping[str, Any]

OUTCOMES = ("met", "discretionary", "undetermined", "not_met")
MAY_BE_OPEN = ("reach", "force", "when", "used", "discretion", "low", "high", "credited", "due", "result")
FEW = 3
"""How many tests below a decisive condition are told in one line with it."""

MARK_OF: Mapping[str, Mark] = {"met": "holds", "discretionary": "left", "undetermined": "open", "not_met": "fails"}
"""The mark of an outcome."""


def explain(data: Data, lang: Lang = "zh", *, whole: bool = True, folds: bool = False) -> Document:
    """Explain a decision, an answer or several answers, given as plain data with their traces.

    Args:
        data: what `to_dict(trace=True, depends_on=True)` gives.
        lang: Chinese or English.
        whole: with the derivations; without them only what decides.
        folds: for a medium that folds: each decision lies folded under its line in the summary, not after it.
    """
    teller = Explainer(Speech(lang), whole=whole, folds=folds)
    if "answers" in data:
        return teller.answers(data)
    return teller.answer(data) if "decisions" in data else teller.alone(data)


def styled(key: str, of: Data, kind: str = "") -> str:
    """The key of a phrase in the words for a kind of provision, or for a practice where a report describes it."""
    styled = f"{key}.{kind if of['normative'] else 'practice'}"
    return styled if styled in PHRASES else key


class Explainer:
    """Puts the plain data of answers into words of one language, with the derivations (`whole`) or without."""

    def __init__(self, say: Speech, *, whole: bool, folds: bool = False) -> None:
        self.say, self.tell, self.whole, self.folds = say, Sentences(say), whole, folds
        self.derive = Derivations(say, self.tell)

    # ------------------------------------------------------------------------------------------- documents

    def answers(self, data: Data) -> Document:
        """The answers of several packs, one after the other."""
        told = {answer["pack"]: self.answer(answer) for answer in data["answers"] if answer["decisions"]}
        title = self.subject(next(a for a in data["answers"] if a["decisions"]))
        silent = (Line((self.say("nothing_about"),)),)
        parts = (
            (told[p].title, told[p].blocks) if p in told else ((p,), silent)
            for p in (a["pack"] for a in data["answers"])
        )
        return Document(self.say.lang, (title,), tuple(Section(title, blocks) for title, blocks in parts))

    def answer(self, data: Data) -> Document:
        """A summary, then each decision."""
        asked = data["decisions"][0]["trace"]["question"]
        title = self.say("titled", title=self.subject(data), text=asked["title"])
        return Document(self.say.lang, (title,), tuple(self._summary(data, asked)))

    def alone(self, data: Data) -> Document:
        """One decision, with the question that it answers."""
        asked = data["trace"]["question"]
        name = asked["subject"]["name"]
        about = [(self.say("subject", name=name),)] if name else []
        told = (asked["title"], *self._when_and_where(asked), self._edition(asked))
        question = Bullets((*about, *((line,) for line in told)))
        return Document(self.say.lang, self.title(data), (question, *self.decision(data)), MARK_OF[data["outcome"]])

    def subject(self, data: Data) -> str:
        """What the case is about, by its name where that is known."""
        about = data["decisions"][0]["trace"]["question"]["subject"]
        return str(about["name"] or self.say.label(about, "entity"))

    def title(self, data: Data) -> Inline:
        """The title of a decision, with its clause."""
        title = data["title"] if self.say.chinese else f"{words(data['provision']).capitalize()} ({data['title']})"
        return self.say.cited(title, data["clause"])

    def _when_and_where(self, asked: Data) -> Iterator[str]:
        yield self.say("as_of_today" if asked["is_today"] else "as_of", day=asked["as_of"])
        if asked["moved_to"]:
            yield self.say("titled", title=self.say("moved_to", division=asked["moved_to"]), text=self.say("moved"))

    def _edition(self, of: Data) -> str:
        return self.say("edition", edition=of["edition"])

    # --------------------------------------------------------------------------------------------- summary

    def _summary(self, data: Data, asked: Data) -> Iterator[Block]:
        document = " ".join(filter(None, (asked["authority"], asked["document"], asked["number"])))
        told = [*self._when_and_where(asked), self.say("document", document=document)]
        told.append(self._edition(data))
        yield Bullets(tuple((t,) for t in told))
        if not asked["normative"]:
            yield Line((self.say("not_normative"),))
        yield from self._total(data)
        for outcome in OUTCOMES:
            decisions = [d for d in data["decisions"] if d["outcome"] == outcome]
            if decisions:
                title = self.say(styled(f"group.{outcome}", asked), n=len(decisions))
                yield Section((title,), tuple(self._group(decisions)))
        if not self.folds:
            each = tuple(Section(self.title(d), tuple(self.decision(d))) for d in data["decisions"])
            yield Section((self.say("decisions"),), each)

    def _group(self, decisions: list[Data]) -> Iterator[Block]:
        """Decisions of one outcome, each in a line, with everything folded below it where the medium folds."""
        if self.folds:
            mark = MARK_OF[decisions[0]["outcome"]]
            yield from (Section(self._in_short(d), tuple(self.decision(d)), folded=True, mark=mark) for d in decisions)
        else:
            yield Bullets(tuple(self._in_short(d) for d in decisions))

    def _total(self, data: Data) -> Iterator[Block]:
        sums = {payee: rows for payee, rows in data["total"].items() if payee != "left_out"}
        blocks: list[Block] = []
        if sums:
            head = tuple(self.say(k) for k in ("payee", "per.once", "per.month"))
            ends = {payee: [self.sum(rows[per]) for per in ("once", "month")] for payee, rows in sums.items()}
            lines = tuple((self.payee(payee), *both) for payee, both in ends.items())
            blocks.append(Table(head, lines))
        if data["total"]["left_out"]:
            names = [self.left_out(data, name) for name in data["total"]["left_out"]]
            blocks.append(Line((self.say("left_out", names=self.say.join(names)),)))
        if blocks:
            yield Section((self.say("total"),), tuple(blocks))

    def payee(self, payee: str) -> str:
        """Who is paid."""
        return self.say(f"payee.{payee}") if f"payee.{payee}" in PHRASES else words(payee)

    def sum(self, amount: Data) -> str:
        """A sum of a total, under its head."""
        return self.say.amount({**amount, "per": "once"})

    def left_out(self, data: Data, name: str) -> str:
        """What a total leaves out, by its title."""
        provision, _, item = name.partition(".")
        decision = next(d for d in data["decisions"] if d["provision"] == provision)
        title = decision["title"] if self.say.chinese else words(provision)
        return f"{title} {self._item_name(decision, item)}" if item else str(title)

    def _in_short(self, d: Data) -> Inline:
        """A decision in a line: the sum, or what stands in the way."""
        match d["outcome"]:
            case "undetermined":
                told = self._undecided(d)
            case "not_met":
                leaves = why_not(d["trace"]) if d["reason"] == "conditions" else ()
                missed = d["kind"] == "target" and d["reason"] == "conditions"
                because = self.outcome(d, d) if missed else self.say(f"reason.{d['reason']}")
                test = "".join(self._leaf(d, leaves[0])) if leaves else ""
                told = self.say("short", reason=because, test=test) if leaves else because
            case _:
                told = self.say.amount(d["payable"]) if d["payable"] and d["normative"] else d.get("result") or ""
        return (*self.title(d), self.say("titled", title="", text=told)) if told else self.title(d)

    def _undecided(self, d: Data) -> str:
        """What stands in the way of a decision: facts, else the text itself and how it is read."""
        facts = [self._fact(m) for m in d["trace"]["missing"]]
        if facts:
            return self.say("lacks", facts=self.say.join(facts))
        open_ = self._open_in_tests(d)
        gaps = [g for g in d["trace"]["text_gaps"] if g["gap"] in open_]
        readings = [r for r in d["trace"]["readings"] if r["reading"] in open_]
        told = [self.say("gap", question=self.say.either(g, "question")) for g in gaps]
        told += [self.say("of_open_reading", question=self.say.either(r, "question")) for r in readings]
        return self.say.join(told, "stop")

    def _open_in_tests(self, d: Data) -> set[str | None]:
        """What leaves the outcome open: not what a provision only tells, such as its sum or its result."""
        tests = [told[n] for told in d["trace"]["derivations"] for n in (*TESTS, "used") if n in told]
        return {leaf.name for test in tests for leaf in open_leaves(test)}

    # -------------------------------------------------------------------------------------------- decisions

    def decision(self, d: Data) -> Iterator[Block]:
        """Everything about one decision below its title."""
        yield Bullets(tuple((line,) for line in self._head(d)))
        if not d["normative"]:
            yield Line((self.say("not_normative"),))
        if d["reason"] == "paid":
            yield from self._listed("why_not", self._payments(d))
        elif d["outcome"] == "not_met":
            yield from self._listed("why_not", self._leaves(d, why_not(d["trace"])))
        elif not self.whole and d["outcome"] in {"met", "discretionary"}:
            yield from self._listed("why", self._leaves(d, self._proof(d)))
        yield from self._listed("missing", self._missing(d))
        yield from self._listed("text_gaps", ((self.say.either(g, "question"),) for g in d["trace"]["text_gaps"]))
        yield from self._tables(d)
        yield from self._listed("readings", self._readings(d))
        if self.whole:
            yield from self.derive.sections(d["trace"])

    def outcome(self, d: Data, of: Data) -> str:
        """The outcome of a decision, or of one item of it, in words."""
        outcome, kind, due = of["outcome"], d["kind"], of.get("due")
        early = kind == "target" and due and d["trace"]["question"]["as_of"] <= due
        if early and outcome == "not_met" and d["normative"]:
            outcome = "not_yet"
        told = self.say(styled(outcome, d, kind))
        reached_or_not = kind == "target" and of["reason"] == "conditions"
        return told if of["reason"] is None or reached_or_not else self.say(
            "because", outcome=told, reason=self.say(f"reason.{of['reason']}")
        )  # fmt: skip

    def _head(self, d: Data) -> Iterator[str]:
        say = self.say
        yield say("outcome", outcome=self.outcome(d, d))
        if d.get("result"):
            yield say("result", text=d["result"])
        if d["entitlement"] and not d["normative"]:
            yield say("figure.practice", amount=say.amount(d["entitlement"]))
        elif d["entitlement"]:
            key = f"entitlement.{d['outcome']}"
            yield say(key if key in PHRASES else "entitlement", amount=say.amount(d["entitlement"]))
            yield say("paid", amount=say.quantity(d["paid"], "元"))
            yield say("payable", amount=say.amount(d["payable"]))
            if any(i["paid"] not in {None, "0.00"} and not _alike(i, d) for i in d.get("items") or ()):
                key = f"paid_of_all.{d['outcome']}"
                yield say(key if key in PHRASES else "paid_of_all")
        if d["months_left"] is not None and d["normative"]:
            yield say("months_left", n=d["months_left"])
        if d.get("duty"):
            yield say(styled("duty", d), who=d["duty"]["who"], action=d["duty"]["action"])
        measure = d.get("measure")
        if measure:
            unit = measure["unit"]
            there, required, short = (say.quantity(measure[k], unit) for k in ("value", "required", "shortfall"))
            lines = [say(styled("measure", d), value=there, required=required)]
            lines += [say("shortfall", shortfall=short)] if d["outcome"] == "not_met" else []
            yield say.join(lines, "stop")
        due = d.get("due") or (d.get("duty") or {}).get("due")
        if due:
            yield say("due", day=due)
        if d["next_change"]:
            yield say("next_change", day=d["next_change"])

    def _listed(self, title: str, lines: Iterator[Inline]) -> Iterator[Block]:
        found = tuple(dict.fromkeys(lines))
        if found:
            yield Section((self.say(title),), (Bullets(found),))

    def _leaves(self, d: Data, leaves: tuple[Leaf, ...]) -> Iterator[Inline]:
        several = len(d["trace"]["derivations"]) > 1
        for leaf in leaves:
            told = self._leaf(d, leaf)
            name = self._item_name(d, leaf.item.partition(".")[2]) if several and leaf.item else ""
            yield self.say.titled(name, *told) if name else told

    def _payments(self, d: Data) -> Iterator[Inline]:
        """The payments that used it up."""
        for told in d["trace"]["derivations"]:
            yield from ((line,) for line in self.tell.counted(told["paid"]) if told["reason"] == "paid")

    def _leaf(self, d: Data, leaf: Leaf) -> Inline:
        """A decisive test. What was wanted of it is what it is where it proves, the contrary where it refutes."""
        wanted = bool(leaf.step["truth"]) is (d["outcome"] != "not_met")
        return self.leaf(leaf, wanted=wanted, clause=d["clause"])

    def leaf(self, leaf: Leaf, *, wanted: bool, clause: str) -> Inline:
        """A decisive test: a named condition with what decided it. Its clause is told where it is not the one given."""
        if leaf.step["node"] != "condition":
            told = self.tell.alone(leaf.step, wanted=wanted)
            return (told,) if leaf.clause is None or leaf.clause == clause else self.say.cited(told, leaf.clause)
        named = self.tell.named(leaf.step, wanted=wanted)
        inner = [deep for deep in leaf.deepest if deep.step["node"] != "condition"]
        if len(inner) == 1 and self._repeats(leaf.step, inner[0].step):
            return (self.tell.yes_no(inner[0].step, wanted=wanted, label="".join(named)),)
        tests = list(dict.fromkeys(self._within(i, wanted=leaf.step["truth"] is wanted) for i in inner))
        if not tests:
            return named
        text = self.say.join(tests[:FEW], "stop")
        text = self.say("and_more", tests=text, n=len(tests)) if len(tests) > FEW else text
        return (*named, self.say("titled", title="", text=text))

    def _within(self, leaf: Leaf, *, wanted: bool) -> str:
        """A test within a decisive condition."""
        told = self.tell.alone(leaf.step, wanted=leaf.step["truth"] is wanted)
        return told + (self.say("all_agree") if leaf.agreed else "")

    def _repeats(self, condition: Data, fact: Data) -> bool:
        """Whether a condition and the one fact that settles it are called the same, or nearly so."""
        if fact["node"] != "fact" or fact["truth"] is not condition["truth"]:
            return False
        labels = self.say.label(condition, "id"), self.say.label(fact)
        return labels[0] in labels[1] or labels[1] in labels[0]

    def _proof(self, d: Data) -> tuple[Leaf, ...]:
        met = (t for t in d["trace"]["derivations"] if t["outcome"] == d["outcome"] and "when" in t)
        return tuple(leaf for t in met for leaf in proof(t["when"], t["clause"]))

    def _fact(self, missing: Data) -> str:
        path: str = missing["path"].partition(".")[2]
        return str(missing["label"]) if self.say.chinese else words(path)

    def _missing(self, d: Data) -> Iterator[Inline]:
        """Each missing fact by its words and its path, with the conditions that want it."""
        wanting: dict[str, dict[str, None]] = {}
        for told in d["trace"]["derivations"]:
            for name in (n for n in MAY_BE_OPEN if n in told):
                for leaf in open_leaves(told[name], told["clause"]):
                    test = self.tell.sentence(leaf.under) if leaf.under else self.tell.part(name)
                    wanting.setdefault(leaf.step.get("path", ""), {})[test] = None
        for missing in d["trace"]["missing"]:
            tests = wanting.get(missing["path"])
            about = self.say("wanted_for", tests=self.say.join(tests, "stop")) if tests else ""
            yield (f"{self._fact(missing)} ", Code(missing["path"]), about)

    def _readings(self, d: Data) -> Iterator[Inline]:
        """Each reading, those first on which the decision hangs."""
        depends, opens = d.get("depends_on"), d["open_readings"]
        taken = sorted(d["trace"]["readings"], key=lambda r: r["reading"] not in opens)
        idle = [] if depends is None else [r for r in taken if r["reading"] not in {*opens, *depends}]
        for reading in (r for r in taken if r not in idle):
            how = "chosen" if reading["taken"] != reading["default"] else "default"
            chosen = self.say.either(reading, "taken_label") if reading["taken"] else ""
            key = f"reading.{how if reading['taken'] else 'open'}"
            told = self.say(key, question=self.say.either(reading, "question"), taken=chosen)
            decisive = d["outcome"] == "undetermined" and reading["reading"] in self._open_in_tests(d)
            open_ = "leaves_open" if decisive else "leaves_more_open"
            matters = open_ if reading["reading"] in opens else "matters" if depends is not None else None
            told += self.say(matters) if matters else ""
            yield (told + self.say("named"), Code(reading["reading"]), self.say("named_end"))
        if idle:
            yield tuple(self._idle(idle))

    def _idle(self, readings: list[Data]) -> Iterator[str]:
        """Readings that change nothing here, in one line."""
        for i, reading in enumerate(readings):
            yield self.say("comma") if i else self.say("no_matter")
            yield Code(reading["reading"])
            yield self.say(
                "taken", taken=self.say.either(reading, "taken_label") if reading["taken"] else self.say("open")
            )

    # ----------------------------------------------------------------------------------------------- tables

    def _tables(self, d: Data) -> Iterator[Block]:
        if d.get("checklist"):
            rows = tuple((c["test"], self.say(c["outcome"])) for c in d["checklist"])
            yield Section((self.say("checklist"),), (Table((self.say("requirement"), self.say("verdict")), rows),))
        if d.get("items"):
            pays = d["kind"] == "grant" and d["normative"]
            head = [self.say("item"), self.say("verdict"), *([self.say("amount")] if pays else [])]
            lines = tuple(tuple(self._item(d, i))[: len(head)] for i in d["items"])
            yield Section((self.say("items"),), (Table(tuple(head), lines),))

    def _item(self, d: Data, item: Data) -> Iterator[str]:
        yield self._item_name(d, item["item"])
        yield self.outcome(d, item)
        yield self.say.amount(item["payable"]) if item["payable"] else ""

    def _item_name(self, d: Data, path: str) -> str:
        """An item by what the trace calls it."""
        items = (t["item"] for t in d["trace"]["derivations"] if "item" in t)
        return next((self.tell.item(i) for i in items if i["path"].partition(".")[2] == path), path)


def _alike(item: Data, d: Data) -> bool:
    """Whether the sums of an item are among those of the whole decision."""
    return (item["outcome"], item["reason"]) == (d["outcome"], d["reason"])
