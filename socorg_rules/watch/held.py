"""A case file of a stream in memory: told of an event, and brought to a day."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

import attrs

from socorg_rules.case_change import Change
from socorg_rules.errors import CaseError, Problem
from socorg_rules.living import CaseFile

from .event import Event
from .state import Kept

ONE_DAY = dt.timedelta(days=1)


@attrs.define
class Held:
    """A case file, by its name; where it came from, and a digest of why it could not be brought to a later day."""

    id: str
    path: str
    file: CaseFile
    refused: str | None = None

    @property
    def kept(self) -> Kept:
        """What is kept of it."""
        file, due = self.file, self.file.due
        decided = file.case.to_dict(), file.decisions, file.as_of.isoformat()
        return Kept(self.id, self.path, *decided, due.isoformat() if due else None, self.refused)

    def apply(self, event: Event) -> tuple[Change, ...]:
        """What an event changes. One that brings out a mistake of the program is rejected too, and stops no other.

        Raises:
            CaseError: it cannot be applied; the file is as it was.
        """
        try:
            return event.apply(self.file)
        except CaseError:
            raise
        except Exception as error:
            told = f"unforeseen, please report it: {type(error).__name__}: {error}"
            raise CaseError(Problem(event.path, told)) from error

    def pass_to(self, day: dt.date) -> Iterator[Change]:
        """Let days pass up to one; what changes, from one day on which something is due to the next.

        Raises:
            CaseError: it contradicts itself from some day on. It has come to the day before.
        """
        while True:
            stop = min(max(self.file.due or day, self.file.as_of), day)
            try:
                yield from self._stop(stop)
            except CaseError:
                if stop - ONE_DAY > self.file.as_of:
                    yield from self._stop(stop - ONE_DAY)
                raise
            if stop == day:
                return

    def _stop(self, day: dt.date) -> tuple[Change, ...]:
        return self.apply(Event("day_passed", None, to=day))

    def refuse(self, error: CaseError) -> bool:
        """Note why it could not be brought to a later day; whether that is new: on another day, or another reason."""
        before, told = self.refused, "\n".join((str(self.file.as_of), *(str(p) for p in error.problems)))
        self.refused = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
        return self.refused != before
