"""The words of explorations (time, paths, questions, readings), Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

EXPLORE: Mapping[str, tuple[str, str]] = {
    # ------------------------------------------------------------------------------------------ timeline
    "timeline": ("{start} 至 {end} 的变化", "from {start} to {end}"),
    "passed": ("{day}已过", "{day} was passed"),
    "reached": ("到了{day}", "{day} was reached"),
    "new_month": ("新的一月开始（{month}）", "a new month began ({month})"),
    "new_year": ("新的一年开始（{year}）", "a new year began ({year})"),
    "appeared": ("{items}{item}自该日起存在", "{items} {item} came to exist"),
    "turned.true": ("“{test}”自此成立", "“{test}” holds from then on"),
    "turned.false": ("“{test}”不再成立", "“{test}” no longer holds"),
    "turned.open": ("“{test}”自此不能确定", "“{test}” can no longer be determined"),
    "changes": ("何时变化（{n} 次）", "What changes when ({n})"),
    "intervals": ("逐条时间线", "Each provision"),
    "no_changes": ("期间没有变化", "Nothing changes in this time"),
    "unchanged": ("期间不变（{n} 项）", "What stays as it is ({n})"),
    "from_day": ("自", "From"),
    "to_day": ("至", "To"),
    "day": ("日期", "Day"),
    "what": ("规定", "Provision"),
    "becomes": ("变为", "Becomes"),
    "cause": ("缘由", "Because"),
    # ---------------------------------------------------------------------------------------- robustness
    "robustness": ("各种理解之下", "under all readings"),
    "spread": ("各种理解之间的金额差距", "What lies between the readings"),
    "strictest": ("最严的理解", "Strictest"),
    "as_chosen": ("现取的理解", "As chosen"),
    "most_generous": ("最宽的理解", "Most generous"),
    "only_bounds": ("组合过多，只给出上下界，不一定达到", "too many combinations: bounds, which perhaps none reaches"),
    "hanging": ("取决于理解（{n} 项）", "What hangs on readings ({n})"),
    "standing": ("无论如何理解都一样（{n} 项）", "What stands under every reading ({n})"),
    "under": ("在下列理解之下", "Under these readings"),
    "as_chosen_is": ("现取的理解：{verdict}", "As chosen: {verdict}"),
    "not_all_combinations": ("组合过多，未全部查看", "There are too many combinations; not all were looked at"),
    "taken_of": ("{reading}＝{taken}", "{reading} = {taken}"),
    "quoted": ("“{text}”", "“{text}”"),
    "or_else": ("或", " or "),
    "any_reading": ("任何理解", "any"),
}
"""Every phrase by its key: Chinese, English; they stand beside the common ones of `phrases`."""
