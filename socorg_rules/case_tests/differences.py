"""An answer held to what is expected of it: everything that is not so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from ..answer import Answer, Decision, Total
from ..decision import Finding
from ..money import Amount
from .expected import FIELDS, Sum

Expected = Mapping[str, object]
"""What is expected of a decision or of one item of it, by field; under `items` of each item, by its path."""


@attrs.frozen
class Difference:
    """One thing that is not as expected: where in the test, what was expected there, and what came."""

    path: str
    expected: object
    came: object


def differences(answer: Answer, expected: Mapping[str, Expected], total: Expected | None = None) -> list[Difference]:
    """Everything in an answer that is not as expected.

    Args:
        answer: what came.
        expected: by provision, what `form.py` has read.
        total: by payee, what is expected of the sums of `once` and `month`; and `left_out`.
    """
    found = [d for name, fields in expected.items() for d in _differing(answer[name], fields, f"expect.{name}")]
    return [*found, *(_in_total(answer.total, total) if total else ())]


def _differing(came: Decision | Finding, expected: Expected, path: str) -> Iterator[Difference]:
    for name, wanted in expected.items():
        if name == "items":
            assert isinstance(wanted, Mapping)  # noqa: S101 - read so
            yield from _differing_items(came, wanted, path)
            continue
        found = FIELDS[name].came(came)
        if not _as_expected(name, wanted, found):
            yield Difference(f"{path}.{name}", wanted, found)


def _differing_items(came: Decision | Finding, wanted: Mapping[str, Expected], path: str) -> Iterator[Difference]:
    items = {str(i.item): i for i in came.items or ()}
    for item, fields in wanted.items():
        if item in items:
            yield from _differing(items[item], fields, f"{path}.items.{item}")
        else:
            yield Difference(f"{path}.items.{item}", "an item", sorted(items))


def _as_expected(name: str, wanted: object, found: object) -> bool:
    if isinstance(wanted, Sum):
        return isinstance(found, Amount) and wanted.holds(found)
    if isinstance(wanted, dict) and isinstance(found, dict):  # as much of it as is written
        return all(found.get(key) == value for key, value in wanted.items())
    if name == "clause":
        return isinstance(found, frozenset) and wanted in found
    return wanted == found


def _in_total(total: Total, wanted: Expected) -> Iterator[Difference]:
    for payee, sums in wanted.items():
        if payee == "left_out":
            if sums != frozenset(total.left_out):
                yield Difference("total.left_out", sums, frozenset(total.left_out))
            continue
        assert isinstance(sums, Mapping)  # noqa: S101 - read so
        for per, sum_ in sums.items():
            came = total.sums.get(payee, {}).get(per)
            if not _as_expected(per, sum_, came):
                yield Difference(f"total.{payee}.{per}", sum_, came)
