"""A question put to the reference and to the compiled engine: the hand-worked cases hold both to one answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from socorg_rules.answer import Answer
from socorg_rules.assess import assess as ask
from socorg_rules.errors import CaseError
from socorg_rules.pack import Pack


def assess(
    case: object, pack: str | Pack, as_of: dt.date | str, readings: Mapping[str, str | None] | None = None
) -> Answer:
    """The answer of the compiled engine, which is that of the reference, word for word."""
    try:
        expected = ask(case, pack, as_of, readings, engine="reference")
    except CaseError as error:
        with pytest.raises(CaseError) as told:
            ask(case, pack, as_of, readings)
        assert told.value.problems == error.problems  # noqa: PT017 - and it is raised again
        raise
    found = ask(case, pack, as_of, readings)
    assert found.to_dict(depends_on=True) == expected.to_dict(depends_on=True)
    return found
