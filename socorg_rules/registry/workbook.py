"""A workbook that an official can use: a summary, a sheet for each provision, and what could not be decided.

A sheet lists whom a provision is met for, left to the authority or not yet determined, what is payable (where there are
sums at all), the facts that are missing and what the text or its reading leaves open. Sums and counts are formulas, so
that they follow when rows are mended or filtered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from ..decision import Outcome
from ..errors import CaseError, Problem
from ..expr import walk
from ..money import to_yuan
from ..phrases import PHRASES, words
from ..plan import Plan
from ..provision import Grant
from ..reading import Reading, TextGap
from ..words import Gap
from .files import MOST_ROWS, too_many
from .summary import SAID, Lang, Summary, Tally, label_of, outcome_word

LISTED = (Outcome.MET, Outcome.DISCRETIONARY, Outcome.UNDETERMINED)
"""The outcomes whose rows a sheet lists; the others are only counted."""

HEAD = 3
"""The rows above the list: title, sums, headings."""

WORDS = {
    "summary": ("汇总", "Summary"),
    "problems": ("问题", "Problems"),
    "clause": ("条款", "Clause"),
    "provision": ("项目", "Provision"),
    "row": ("编号", "Row"),
    "name": ("名称", "Name"),
    "outcome": ("结论", "Outcome"),
    "low": ("可领下限（元）", "Payable, least (yuan)"),
    "high": ("可领上限（元）", "Payable, most (yuan)"),
    "missing": ("缺少的事实", "Missing facts"),
    "open": ("文本或理解未定之处", "Left open by the text or its reading"),
    "per": ("发放方式", "Paid"),
    "once": ("一次性", "once"),
    "month": ("每月", "a month"),
    "path": ("位置", "Place"),
    "problem": ("问题", "Problem"),
    "sums": ("{met}者合计", "Sum of: {met}"),
    "of": ("{title}（{edition}），截至 {day}，共 {rows} 家", "{title} ({edition}), as of {day}, {rows} rows"),
}


def write_workbook(
    path: Path, decisions: pl.LazyFrame, problems: pl.DataFrame, summary: Summary, lang: Lang = "zh"
) -> None:
    """Write the decisions of a registry as a workbook.

    Args:
        path: the file.
        decisions: the wide table of decisions, with a column `name` where organizations have one.
        problems: what was not decided, and why.
        summary: what the decisions come to.
        lang: the language of its words.

    Raises:
        CaseError: a sheet would have more rows than Excel holds; it is named.
    """
    wrong = [too_many(p.provision.title, n) for p in summary.plans if (n := _listed(summary, p)) > MOST_ROWS - HEAD]
    if problems.height >= MOST_ROWS:
        wrong.append(too_many(WORDS["problems"][0], problems.height))
    if wrong:
        raise CaseError([Problem(f"{path}: {w.path}", w.message) for w in wrong])
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is asked for

    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        _Workbook(book, decisions, problems, summary, lang).write()


def _listed(summary: Summary, plan: Plan) -> int:
    return sum(summary.tallies[plan.provision.id].outcomes[o.value] for o in LISTED)


class _Workbook:
    def __init__(
        self,
        book: Any,  # noqa: ANN401 - XlsxWriter has no types
        decisions: pl.LazyFrame,
        problems: pl.DataFrame,
        summary: Summary,
        lang: Lang,
    ) -> None:
        self._book, self._decisions, self._problems, self._summary = book, decisions, problems, summary
        self._lang: Lang = lang
        self._given = decisions.collect_schema().names()
        self._named = "name" in self._given
        self._endless = SAID["no_ceiling"][lang == "en"]
        add = book.add_format
        self._title = add({"bold": True, "font_size": 14})
        self._head = add({"bold": True, "bg_color": "#DDE7F0", "border": 1, "text_wrap": True, "valign": "top"})
        self._money = add({"num_format": "#,##0.00"})
        self._count = add({"num_format": "#,##0"})
        self._sum = add({"num_format": "#,##0.00", "bold": True})
        self._bold, self._wrap = add({"bold": True}), add({"text_wrap": True, "valign": "top"})

    def write(self) -> None:
        first = self._book.add_worksheet(self._say("summary"))
        names = dict(zip((p.provision.id for p in self._summary.plans), self._sheet_names(), strict=True))
        for plan in self._summary.plans:
            self._provision(plan, names[plan.provision.id])
        self._put_summary(first, names)
        self._put_problems()

    def _say(self, word: str, **values: object) -> str:
        return WORDS[word][self._lang == "en"].format(**values)

    def _titled(self, plan: Plan) -> str:
        return plan.provision.title if self._lang == "zh" else words(plan.provision.id)

    def _sheet_names(self) -> Iterator[str]:
        """Names that Excel takes: short, without its signs, no two alike."""
        taken = {self._say("summary").lower(), self._say("problems").lower()}
        for plan in self._summary.plans:
            plain = "".join(c for c in self._titled(plan) if c not in "[]:*?/\\'")[:31]
            name, number = plain, 2
            while name.lower() in taken:
                name, number = f"{plain[:28]} {number}", number + 1
            taken.add(name.lower())
            yield name

    def _provision(self, plan: Plan, sheet_name: str) -> None:
        """The sheet of a provision: its title, the sums of those who meet it, and the list."""
        id_, met = plan.provision.id, outcome_word(plan, Outcome.MET.value, self._lang)
        outcome = pl.col(f"{id_}.outcome").cast(pl.String)
        listed = self._decisions.filter(outcome.is_in([o.value for o in LISTED]))
        sums = {"low": f"{id_}.payable_min", "high": f"{id_}.payable_max"} if _has_sums(plan) else {}
        open_ = [f"{id_}.{n}" for n in ("text_gaps", "open_readings") if f"{id_}.{n}" in self._given]
        found = listed.select(
            "row",
            *(["name"] if self._named else []),
            outcome=outcome.replace({o.value: outcome_word(plan, o.value, self._lang) for o in LISTED}),
            **{end: pl.col(column).cast(pl.Float64) for end, column in sums.items()},
            missing=pl.col(f"{id_}.missing"),
            **({"open": pl.concat_list(pl.col(c).fill_null([]) for c in open_)} if open_ else {}),
        ).collect()
        if open_ and found.get_column("open").list.len().sum() == 0:
            found = found.drop("open")
        columns, last = found.columns, HEAD + max(found.height, 1)
        sheet = self._book.add_worksheet(sheet_name)
        sheet.write(0, 0, f"{plan.provision.clause} {self._titled(plan)}", self._title)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _WIDTHS[column])
        if sums:
            sheet.write(1, 0, self._say("sums", met=met), self._bold)
            by, low, high = (xl(columns.index(c)) for c in ("outcome", "low", "high"))
            ranges = {c: f"{c}{HEAD + 1}:{c}{last}" for c in (by, low, high)}
            sum_of = {c: f'SUMIFS({ranges[c]},{ranges[by]},"{met}")' for c in (low, high)}
            endless = f'COUNTIFS({ranges[by]},"{met}",{ranges[high]},"{self._endless}")'
            of = self._summary.tallies[id_]
            sheet.write_formula(1, columns.index("low"), f"={sum_of[low]}", self._sum, float(to_yuan(of.low)))
            bounded = f'=IF({endless}>0,"{self._endless}",{sum_of[high]})'
            sheet.write_formula(1, columns.index("high"), bounded, self._sum, self._most(of))
        sheet.write_row(2, 0, [self._say(c) for c in columns], self._head)
        opens: list[TextGap | Reading] = [*plan.gaps, *plan.readings, *_gaps(plan)]
        told = {what.name: self._say_open(what) for what in opens}
        for number, row in enumerate(found.iter_rows(named=True), HEAD):
            self._put(sheet, number, row, told)
        sheet.freeze_panes(HEAD, 0)
        sheet.autofilter(HEAD - 1, 0, last - 1, len(columns) - 1)

    def _put(self, sheet: Any, number: int, row: Mapping[str, Any], told: Mapping[str, str]) -> None:  # noqa: ANN401
        for place, (column, value) in enumerate(row.items()):
            if column in {"missing", "open"}:
                if value and column == "missing":
                    sheet.write_string(number, place, "、".join(self._fact(path) for path in value))
                elif value:
                    sheet.write_string(number, place, "\n".join(told[name] for name in value))
            elif isinstance(value, str):
                sheet.write_string(number, place, value)
            elif value is not None:
                sheet.write_number(number, place, value, self._money)
            elif column == "high" and row["low"] is not None:
                sheet.write_string(number, place, self._endless)

    def _most(self, tally: Tally) -> float | str:
        """The most that is payable to those who meet a provision, as a cell holds it."""
        return self._endless if tally.unbounded else float(to_yuan(tally.high))

    def _say_open(self, what: TextGap | Reading) -> str:
        """What the text or its reading leaves open, in words."""
        key = "gap" if isinstance(what, TextGap) else "of_open_reading"
        question = what.question if self._lang == "zh" else what.question_en
        return PHRASES[key][self._lang == "en"].format(question=question)

    def _fact(self, path: str) -> str:
        """A fact in a list of those missing: its Chinese labels, or its path."""
        return label_of(self._summary.root, path) if self._lang == "zh" else path

    def _put_summary(self, sheet: Any, names: Mapping[str, str]) -> None:  # noqa: ANN401 - XlsxWriter has no types
        summary, pack = self._summary, self._summary.pack
        title = pack.title if self._lang == "zh" else pack.id
        sheet.write(0, 0, self._say("of", title=title, edition=pack.edition, day=summary.day, rows=summary.rows))
        if summary.orphans:
            sheet.write(1, 0, SAID["orphans"][self._lang == "en"].format(n=summary.orphans), self._bold)
        outcomes = list(Outcome)
        counts = [PHRASES[o.value][self._lang == "en"] for o in outcomes]
        before, after = (map(self._say, part) for part in (("clause", "provision"), ("low", "high", "per")))
        heads = [*before, *counts, *after]
        sheet.write_row(2, 0, heads, self._head)
        for number, plan in enumerate(summary.plans, HEAD):
            tally, quoted = summary.tallies[plan.provision.id], f"'{names[plan.provision.id]}'"
            by = xl(2 if self._named else 1)
            sheet.write(number, 0, plan.provision.clause)
            sheet.write_url(number, 1, f"internal:{quoted}!A1", string=self._titled(plan))
            for place, outcome in enumerate(outcomes, 2):
                n = tally.outcomes[outcome.value]
                if outcome in LISTED:
                    word = outcome_word(plan, outcome.value, self._lang)
                    sheet.write_formula(number, place, f'=COUNTIF({quoted}!{by}:{by},"{word}")', self._count, n)
                else:
                    sheet.write_number(number, place, n, self._count)
            if _has_sums(plan):
                for place, sum_ in enumerate((float(to_yuan(tally.low)), self._most(tally)), 2 + len(outcomes)):
                    cell = f"{quoted}!{xl(place - len(outcomes) + (1 if self._named else 0))}2"
                    sheet.write_formula(number, place, f"={cell}", self._money, sum_)
                sheet.write(number, 4 + len(outcomes), self._say(plan.per))
        last = HEAD + len(summary.plans)
        sheet.freeze_panes(HEAD, 2)
        sheet.autofilter(HEAD - 1, 0, last - 1, len(heads) - 1)
        for place, width in enumerate((12, 36, *[10] * len(outcomes), 20, 20, 10)):
            sheet.set_column(place, place, width)
        sheet.write(last + 1, 0, self._say("missing"), self._bold)
        for number, (path, n) in enumerate(summary.missing.most_common(), last + 2):
            sheet.write(number, 1, self._fact(path))
            sheet.write_number(number, 2, n, self._count)

    def _put_problems(self) -> None:
        sheet = self._book.add_worksheet(self._say("problems"))
        sheet.write_row(0, 0, [self._say(c) for c in ("row", "path", "problem")], self._head)
        for number, row in enumerate(self._problems.select("row", "path", "problem").iter_rows(), 1):
            for place, value in enumerate(row):
                sheet.write_string(number, place, value or "")
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(self._problems.height, 1), 2)
        for place, width in enumerate((16, 44, 90)):
            sheet.set_column(place, place, width)


def _has_sums(plan: Plan) -> bool:
    """Whether a provision has sums at all: a grant with a figure."""
    return isinstance(plan.provision, Grant) and plan.low is not None


def _gaps(plan: Plan) -> Iterator[TextGap]:
    """The text gaps in its tests and sums."""
    yield from (node.gap for expr in plan.exprs for node in walk(expr) if isinstance(node, Gap))


def xl(place: int) -> str:
    """The letter of a column, of which there are few."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]


_WIDTHS = {"row": 20, "name": 36, "outcome": 16, "low": 20, "high": 20, "missing": 60, "open": 60}
