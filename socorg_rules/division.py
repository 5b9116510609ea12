"""Administrative divisions by their codes: which lies within which."""

from __future__ import annotations

from collections.abc import Iterable

LEVELS = (2, 4, 6, 9, 12)
"""How many digits name a province, a city, a county, a township, a community (GB/T 2260, GB/T 10114)."""


def trim(code: str) -> str:
    """A division code without the levels that are all zeros, so that a prefix is what contains it.

    >>> trim("310000"), trim("310110000000"), trim("310110100000")
    ('31', '310110', '310110100')
    """
    return code[: next((n for n in LEVELS if n <= len(code) and not code[n:].strip("0")), len(code))]


def lies_within(code: str, codes: Iterable[str]) -> bool:
    """Whether a division is one of those named, or lies within one."""
    return any(trim(code).startswith(trim(c)) for c in codes)
