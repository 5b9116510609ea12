"""The words of explanations, Chinese and English side by side. What they say is in `sentences` and `explain`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args

from .document import Clause, Inline
from .errors import CaseError, Problem, nearest

Lang = Literal["zh", "en"]

PHRASES: Mapping[str, tuple[str, str]] = {
    # ------------------------------------------------------------------------------------------- outcomes
    "met": ("符合", "met"),
    "met.sanction": ("触发", "met"),
    "met.standard": ("达标", "met"),
    "met.target": ("已达到", "met"),
    "met.practice": ("与所述做法相符", "met: matches the practice described"),
    "discretionary": ("由主管部门酌定", "discretionary: left to the authority"),
    "discretionary.practice": (
        "与所述做法相符，是否适用由主管部门酌定",
        "discretionary: matches the practice described, which leaves it to the authority",
    ),
    "undetermined": ("尚不能确定", "undetermined"),
    "undetermined.practice": (
        "是否与所述做法相符，尚不能确定",
        "undetermined: it may or may not match the practice described",
    ),
    "not_met": ("不符合", "not met"),
    "not_met.sanction": ("未触发", "not met"),
    "not_met.standard": ("未达标", "not met"),
    "not_met.target": ("未达到", "not met"),
    "not_yet.target": ("尚未达到", "not yet met"),
    "not_met.practice": ("与所述做法不符", "not met: does not match the practice described"),
    "reason.conditions": ("条件未满足", "the conditions do not hold"),
    "reason.not_applicable": ("不适用", "it does not apply"),
    "reason.not_in_force": ("不在施行期内", "it is not in force"),
    "reason.paid": ("已领取", "already paid"),
    "because": ("{outcome}：{reason}", "{outcome}: {reason}"),
    "outcome": ("结论：{outcome}", "Outcome: {outcome}"),
    "group.met": ("符合（{n} 项）", "Met ({n})"),
    "group.discretionary": ("由主管部门酌定（{n} 项）", "Discretionary ({n})"),
    "group.undetermined": ("尚不能确定（{n} 项）", "Undetermined ({n})"),
    "group.not_met": ("不符合（{n} 项）", "Not met ({n})"),
    "group.met.practice": ("与所述做法相符（{n} 项）", "Met: matches the practice described ({n})"),
    "group.discretionary.practice": (
        "与所述做法相符，由主管部门酌定（{n} 项）",
        "Discretionary: matches the practice described ({n})",
    ),
    "group.not_met.practice": ("与所述做法不符（{n} 项）", "Not met: does not match the practice described ({n})"),
    # --------------------------------------------------------------------------------------------- money
    "yuan": ("{sum} 元", "{sum} yuan"),
    "up_to": ("最高 {high}", "up to {high}"),
    "range": ("{low}–{high} 元", "{low}–{high} yuan"),
    "at_least": ("不低于 {low}，上限未定", "at least {low}, with no known ceiling"),
    "unbounded": ("数额未定", "not known"),
    "a_month": ("每月{amount}", "{amount} a month"),
    "entitlement": ("应享：{amount}", "Entitlement: {amount}"),
    "entitlement.undetermined": ("如符合，应享：{amount}", "Entitlement, if met: {amount}"),
    "entitlement.discretionary": ("如给予，应享：{amount}", "Entitlement, if granted: {amount}"),
    "figure.practice": (
        "所述数额（不是应享权利）：{amount}",
        "Figure described, which is no entitlement: {amount}",
    ),
    "paid": ("已领：{amount}", "Paid: {amount}"),
    "payable": ("可领：{amount}", "Payable: {amount}"),
    "paid_of_all": (
        "已领是全部事项的合计；应享和可领只计其中仍可领取的事项",
        "Paid counts all items; entitlement and payable count only those that can still be claimed",
    ),
    "paid_of_all.undetermined": (
        "已领是全部事项的合计；应享和可领只计其中尚不能确定的事项",
        "Paid counts all items; entitlement and payable count only those that are undetermined",
    ),
    "not_known": ("未知", "not known"),
    "months_left": ("剩余月数：{n}", "Months left: {n}"),
    "payee.organization": ("社会组织", "organization"),
    "payee.person": ("个人", "person"),
    "payee": ("领取人", "Payee"),
    "per.once": ("一次性", "Once"),
    "per.month": ("每月", "Every month"),
    "total": ("可领合计", "Total payable"),
    "left_out": ("未计入合计：{names}", "Left out of the total: {names}"),
    # ------------------------------------------------------------------------------------------ what else
    "result": ("结果：{text}", "Result: {text}"),
    "duty": ("义务：{who}，{action}", "Duty: {who}, {action}"),
    "duty.practice": ("所述做法：{who}，{action}", "Practice described: {who}, {action}"),
    "due": ("期限：{day}", "Due: {day}"),
    "measure": ("现有 {value}，要求 {required}", "Current value: {value}; required: {required}"),
    "measure.practice": ("现有 {value}，所述 {required}", "Current value: {value}; described: {required}"),
    "shortfall": ("尚差 {shortfall}", "Short by {shortfall}"),
    "next_change": ("即使事实不变，结论也将于 {day} 改变", "Next day on which this changes by itself: {day}"),
    "kind.grant": ("资金补助", "Grants"),
    "kind.in_kind": ("非资金扶持", "Support in kind"),
    "kind.route": ("登记备案途径", "Routes"),
    "kind.duty": ("义务", "Duties"),
    "kind.sanction": ("处理措施", "Sanctions"),
    "kind.standard": ("标准", "Standards"),
    "kind.target": ("目标", "Targets"),
    "kind.qualification": ("资格", "Qualifications"),
    "as_of": ("基准日：{day}", "As of: {day}"),
    "as_of_today": ("基准日：{day}（未指明日期，按当日判断）", "As of: {day} (no day was given, so today's)"),
    "moved_to": ("视同设在 {division}", "as if it stood in {division}"),
    "moved": (
        "视同设在别处：只换案例的所在地，其余事实（办公、项目、荣誉所在地等）照旧",
        "As if it stood elsewhere: the place of the case is another; offices, projects, all else stay as they are",
    ),
    "document": ("依据：{document}", "Document: {document}"),
    "edition": ("版本：{edition}", "Edition: {edition}"),
    "subject": ("对象：{name}", "About: {name}"),
    "not_normative": (
        "所依文件是工作报告，不是规范性文件；其中数额不构成应享权利。",
        "The document is a report, not a rule; its figures are not entitlements.",
    ),
    "why_not": ("为什么不符合", "Why not"),
    "why": ("为什么", "Why"),
    "missing": ("还缺的事实", "What is missing"),
    "lacks": ("还缺{facts}", "missing: {facts}"),
    "wanted_for": ("，用于：{tests}", ", for: {tests}"),
    "text_gaps": ("文本未定之处", "What the text leaves open"),
    "readings": ("对文本的理解", "Readings taken"),
    "reading.default": ("{question} 取：{taken}（默认）", "{question} Taken: {taken} (default)"),
    "reading.chosen": ("{question} 取：{taken}（选定）", "{question} Taken: {taken} (chosen)"),
    "reading.open": ("{question} 未定", "{question} Left open"),
    "named": ("（", " ("),
    "named_end": ("）", ")"),
    "matters": ("；本结论取决于此", "; this decision depends on it"),
    "leaves_open": ("；结论因此未定", "; this leaves the decision open"),
    "leaves_more_open": ("；数额或结果因此未定", "; this leaves open how much, or what follows"),
    "no_matter": ("不影响本结论的理解：", "Readings that make no difference here: "),
    "taken": ("（{taken}）", " ({taken})"),
    "open": ("未定", "left open"),
    "checklist": ("逐项核对", "Checklist"),
    "requirement": ("要求", "Requirement"),
    "verdict": ("结论", "Outcome"),
    "items": ("逐项结论", "Item by item"),
    "item": ("事项", "Item"),
    "amount": ("可领", "Payable"),
    "derivation": ("推导过程", "Derivation"),
    "as_above": ("（推导同上）", " (derived as above)"),
    "derivation_of": ("推导过程：{item}", "Derivation: {item}"),
    "decisions": ("逐条说明", "Each decision"),
    "nothing_about": ("没有关于该对象的规定", "No provision is about it"),
    # -------------------------------------------------------------------------------------- packs side by side
    "side_by_side": ("各地政策对照", "the same case under several packs"),
    "overview": ("对照表", "Side by side"),
    "cells": (
        "各格依次是下列结论的项数：{outcomes}；“—”为没有这类规定",
        "Each cell counts, in this order: {outcomes}; “—”: there is none of this kind",
    ),
    "pack": ("政策包", "Pack"),
    "provision": ("规定", "Provision"),
    "what_of_it": ("数额或结果，或所缺、原因", "Sum or result, or what is missing, or why not"),
    "total_of": ("可领：{payee}，{per}", "Payable: {payee}, {per}"),
    "so_many": ("{what} {n} 项", "{what}: {n}"),
    "so_many.provisions": ("{n} 项", "{n} in all"),
    "so_many.missing": ("还缺事实 {n} 项", "missing facts: {n}"),
    "so_many.text_gaps": ("文本未定 {n} 处", "left open by the text: {n}"),
    "so_many.open_readings": ("理解未定 {n} 处", "open readings: {n}"),
    # ----------------------------------------------------------------------------- parts of a derivation
    "then": ("如成立", "if so"),
    "otherwise": ("否则", "otherwise"),
    "part.reach": ("适用范围", "Reach"),
    "part.force": ("施行期", "Force"),
    "part.when": ("条件", "Conditions"),
    "part.discretion": ("酌定", "Discretion"),
    "part.used": ("已领情况", "Used up by payments"),
    "part.amount": ("数额", "Amount"),
    "part.low": ("数额下限", "Least amount"),
    "part.high": ("数额上限", "Most amount"),
    "part.credited": ("已领折抵", "Credited for earlier payments"),
    "part.months_used": ("已领月数", "Months used"),
    "part.paid": ("已领合计", "Paid in all"),
    "part.due": ("期限", "Due"),
    "part.result": ("结果", "Result"),
    "part.measure": ("现有", "Current value"),
    "part.required": ("要求", "Required"),
    "titled": ("{title}：{text}", "{title}: {text}"),
    "short": ("{reason}——{test}", "{reason} – {test}"),
    "used.yes": ("已领取", "used up"),
    "used.no": ("尚未领完", "not used up"),
    "used.open": ("尚不能确定", "not known"),
    "payment": ("{items}{item}：{sum}", "{items} {item}: {sum}"),
    # --------------------------------------------------------------------------------------------- tests
    "and": ("以下各项均须成立", "all of these must hold"),
    "not_and": ("以下各项不得同时成立", "these must not all hold"),
    "or": ("以下至少一项须成立", "at least one of these must hold"),
    "not_or": ("以下任何一项都不得成立", "none of these must hold"),
    "not": ("并非：{text}", "not: {text}"),
    "any": ("{items}中至少一项", "at least one of {items}"),
    "not_any": ("{items}中没有一项", "none of {items}"),
    "all": ("{items}中每一项", "each of {items}"),
    "not_all": ("{items}中并非每一项", "not each of {items}"),
    "no_items": ("（一项也没有）", " (there is none)"),
    "incomplete": ("（所列可能不全）", " (the list may not be complete)"),
    "unknown_items": ("（未知）", " (not known)"),
    "later": ("（另有 {n} 项日期在基准日之后，不计）", " ({n} more dated later, not counted)"),
    "passed_over": ("（{n} 项不在此列）", " ({n} that do not count here)"),
    "unlisted": ("未列出的一项", "one that is not listed"),
    "nth": ("第{n}项", "no. {n}"),
    "nth_named": ("第{n}项“{name}”", "no. {n} “{name}”"),
    "assumed": ("（日期未知，视为已存在）", " (its date is not known; taken as existing)"),
    "judgement": ("（由主管部门认定）", " (as the authority judges)"),
    "presumed": ("{text}（未说明，推定成立）", "{text} (not told, presumed to hold)"),
    "choice": ("视下列条件而定", "depending on this"),
    "of_reading": ("理解：{question} 取：{taken}", "Reading: {question} Taken: {taken}"),
    "of_open_reading": ("理解未定：{question}", "Reading left open: {question}"),
    "alternative": ("若取“{label}”", "If “{label}” is taken"),
    "all_agree": ("（各种理解结果相同）", " (all readings lead to the same)"),
    "gap": ("文本未定：{question}", "Left open by the text: {question}"),
    "always": ("恒成立", "holds for everyone"),
    "never_holds": ("恒不成立", "holds for nobody"),
    "test": ("{what}：{saw}（要求{demand}）", "{what}: {saw} (required: {demand})"),
    "saw": ("{what}：{saw}", "{what}: {saw}"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "one_of": ("为 {values}", "{values}"),
    "one_of_many": ("为以下之一：{values}", "one of {values}"),
    "not_one_of": ("不为：{values}", "none of {values}"),
    "contains": ("包含 {values}", "to contain {values}"),
    "not_contains": ("不包含 {values}", "not to contain {values}"),
    "in_division": ("在 {values} 范围内", "within {values}"),
    "not_in_division": ("不在 {values} 范围内", "outside {values}"),
    "names": ("指明该项", "to name this item"),
    "not_names": ("不指明该项", "not to name this item"),
    "==": ("为 {value}", "{value}"),
    "!=": ("不为 {value}", "anything but {value}"),
    "<": ("低于 {value}", "less than {value}"),
    "<=": ("不超过 {value}", "at most {value}"),
    ">": ("超过 {value}", "more than {value}"),
    ">=": ("不低于 {value}", "at least {value}"),
    "date<": ("早于 {value}", "before {value}"),
    "date<=": ("不晚于 {value}", "no later than {value}"),
    "date>": ("晚于 {value}", "after {value}"),
    "date>=": ("不早于 {value}", "no earlier than {value}"),
    # -------------------------------------------------------------------------------------------- values
    "quantity": ("{name}（{value}）", "{name} ({value})"),
    "clock.day": ("基准日", "the day of the question"),
    "clock.month": ("当月", "the month of the question"),
    "clock.year": ("当年", "the year of the question"),
    "clock.year_end": ("当年年底", "the end of the year of the question"),
    "shift": ("{start}起满 {period}之日", "the end of {period} from {start}"),
    "year_of": ("{day}所在年份", "the year of {day}"),
    "+": ("{left} 加 {right}", "{left} plus {right}"),
    "-": ("{left} 减 {right}", "{left} less {right}"),
    "*": ("{left} 乘以 {right}", "{left} times {right}"),
    "/": ("{left} 占 {right} 的比例", "{left} as a share of {right}"),
    "min": ("{left} 与 {right} 中较小者", "the smaller of {left} and {right}"),
    "max": ("{left} 与 {right} 中较大者", "the larger of {left} and {right}"),
    "lookup": ("按{key}对应的值", "the value for {key}"),
    "if": ("视条件而定的值", "the value that a test decides"),
    "reading": ("视理解而定的值", "the value that a reading decides"),
    "text_gap": ("文本未给出的值", "a value that the text does not give"),
    "fold.count": ("{items}中符合条件的项数", "the number of {items} that count"),
    "fold.count_distinct": ("{items}中不同{of}的个数", "the number of different {of} among {items}"),
    "fold.sum": ("{items}中{of}的合计", "the sum of {of} over {items}"),
    "fold.min": ("{items}中最小的{of}", "the smallest {of} among {items}"),
    "fold.max": ("{items}中最大的{of}", "the largest {of} among {items}"),
    "pick.first": ("首个{items}（按{by}）", "the first of {items} (by {by})"),
    "pick.last": ("最后一个{items}（按{by}）", "the last of {items} (by {by})"),
    "pick.of": ("{pick}的{of}", "{of} of {pick}"),
    "below./": ("下列第一项占第二项的比例", "the first of these as a share of the second"),
    "below.+": ("下列两项之和", "the sum of these two"),
    "below.-": ("下列第一项减第二项", "the first of these less the second"),
    "below.*": ("下列两项之积", "the product of these two"),
    "below.min": ("下列两项中较小者", "the smaller of these two"),
    "below.max": ("下列两项中较大者", "the larger of these two"),
    "comes_to": ("{what} → {value}", "{what} → {value}"),
    "by_key": ("{item}，{key}：{value}", "{item}, {key}: {value}"),
    "dated": ("（{day}）", " ({day})"),
    "decided_by": ("视“{test}”而定的值", "the value set by “{test}”"),
    "as_listed": ("{text}符合所列条件", "{text} as described"),
    "and_more": ("{tests}；共 {n} 项", "{tests}; {n} in all"),
    "a_sum": ("金额", "amount"),
    "a_value": ("数值", "value"),
    "unknown": ("未知", "not known"),
    "absent": ("不存在", "there is none"),
    "maybe_absent": ("{value}，或不存在", "{value}, or there is none"),
    "never": ("从无", "never"),
    "nothing": ("无", "none"),
    "between": ("{low} 至 {high}", "{low} to {high}"),
    "from": ("至少 {low}", "at least {low}"),
    "to": ("至多 {high}", "at most {high}"),
    "years": ("{n} 年", "{n} years"),
    "months": ("{n} 个月", "{n} months"),
    "days": ("{n} 日", "{n} days"),
    "comma": ("、", ", "),
    "stop": ("；", "; "),
}
"""Every phrase by its key: Chinese, English."""


def words(name: str) -> str:
    """The English words of an id.

    >>> words("opening_subsidy")
    'opening subsidy'
    """
    return name.replace("_", " ")


class Speech:
    """One of the two languages; `more` are phrases beside the common ones.

    Raises:
        CaseError: there is no such language.
    """

    def __init__(self, lang: Lang, more: Mapping[str, tuple[str, str]] | None = None) -> None:
        if lang not in get_args(Lang):
            raise CaseError(Problem("lang", f"`{lang}` is not offered{nearest(lang, get_args(Lang))}"))
        self.lang = lang
        self._phrases = PHRASES if more is None else {**PHRASES, **more}
        self.chinese = lang == "zh"

    def __call__(self, phrase: str, /, **values: object) -> str:
        """A phrase, its blanks filled in."""
        return self._phrases[phrase][0 if self.chinese else 1].format(**values)

    def either(self, of: Mapping[str, Any], key: str) -> str:
        """What the data holds in both languages: `question` and `question_en`."""
        return str(of[key if self.chinese else f"{key}_en"])

    def label(self, of: Mapping[str, Any], name: str = "fact", label: str = "label") -> str:
        """A declared name: its Chinese label, or its English words."""
        return str(of[label]) if self.chinese else words(str(of[name]).rpartition(".")[2])

    def cited(self, text: str, locator: str) -> Inline:
        """A text with the clause that it comes from."""
        return (text if self.chinese else f"{text} ", Clause.of(locator))

    def titled(self, title: str, *text: str) -> Inline:
        """Running text after the name of what it tells."""
        return (self("titled", title=title, text=""), *text)

    def join(self, values: Iterable[str], by: str = "comma") -> str:
        """A list in a sentence."""
        return self(by).join(values)

    def sum(self, text: str) -> str:
        """A sum with its thousands marked.

        >>> Speech("en").sum("10000.00")
        '10,000.00'
        """
        try:
            return f"{Decimal(text):,}"
        except InvalidOperation:  # a fraction of a fen, written as such
            return text

    def number(self, text: str, unit: str) -> str:
        """A number with its unit; measure words are Chinese only."""
        return f"{text} {unit}" if unit and (self.chinese or not re.search(r"[\u4e00-\u9fff]", unit)) else text

    def quantity(self, text: str | None, unit: str) -> str:
        """A figure with its unit, as answers hold them; money is in yuan."""
        if text is None:
            return self("not_known")
        return self("yuan", sum=self.sum(text)) if unit == "元" else self.number(text, unit)

    def amount(self, amount: Mapping[str, str | None]) -> str:
        """A range of money in words: up to a ceiling, between two ends, or exactly."""
        low, high = str(amount["min"]), amount["max"]
        if high is None:
            told = self("unbounded") if Decimal(low) == 0 else self("at_least", low=self("yuan", sum=self.sum(low)))
        elif low == high:
            told = self("yuan", sum=self.sum(high))
        elif Decimal(low) == 0:
            told = self("up_to", high=self("yuan", sum=self.sum(high)))
        else:
            told = self("range", low=self.sum(low), high=self.sum(high))
        if amount["per"] == "month":
            return self("a_month", amount=f" {told}" if self.chinese and told[0].isdigit() else told)
        return told
