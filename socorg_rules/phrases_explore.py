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
}
"""Every phrase by its key: Chinese, English; they stand beside the common ones of `phrases`."""
