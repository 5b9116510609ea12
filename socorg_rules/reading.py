"""Readings and text gaps: where the text can be read in more than one way, or says nothing that could be tested."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from .errors import PackError, nearest


@attrs.frozen(eq=False)
class Alternative:
    """One way to read the text, in words."""

    label: str
    label_en: str


@attrs.frozen(eq=False)
class Reading:
    """A question that the text leaves, its executable alternatives, and the one taken unless another is asked for.

    Without a `default` the reading is open: where its alternatives differ for a case, the answer is undetermined.
    `because` gives the reason for the default (or for leaving it open); `clause` the place in the document.
    """

    name: str
    clause: str
    question: str
    question_en: str
    alternatives: Mapping[str, Alternative]
    default: str | None
    because: str

    def check(self, alternative: str | None) -> str | None:
        """A one-line complaint about a chosen alternative, or None where it is one of these (None: left open)."""
        if alternative is None or alternative in self.alternatives:
            return None
        return f"`{alternative}` is no alternative of this reading{nearest(alternative, self.alternatives)}"

    def settled(self, alternative: str | None, because: str) -> Reading:
        """The same reading with another default (None leaves it open), and the reason for it.

        Raises:
            PackError: it has no such alternative.
        """
        complaint = self.check(alternative)
        if complaint:
            raise PackError(f"reading `{self.name}`: {complaint}")
        return attrs.evolve(self, default=alternative, because=because)


def reading(
    name: str,
    question: str,
    question_en: str,
    *,
    clause: str,
    default: str | None,
    because: str,
    **alternatives: tuple[str, str],
) -> Reading:
    """Declare a reading; each alternative is a keyword with its words in Chinese and in English.

    Raises:
        PackError: fewer than two alternatives, one that is no pair of words, or a default that is none of them.
    """
    for key, words in alternatives.items():
        if not (isinstance(words, tuple) and len(words) == 2 and all(isinstance(w, str) for w in words)):  # noqa: PLR2004
            raise PackError(
                f'reading `{name}`: `{key}={words!r}` is no pair of Chinese and English words; write `{key}=("…", "…")`'
            )
    made = Reading(
        name, clause, question, question_en, {k: Alternative(*v) for k, v in alternatives.items()}, default, because
    )
    if len(alternatives) < 2:  # noqa: PLR2004 - one way to read is no question
        raise PackError(f"reading `{name}` needs two or more alternatives; it has {len(alternatives)}")
    complaint = made.check(default)
    if complaint:
        raise PackError(f"reading `{name}`: default {complaint}")
    return made


@attrs.frozen
class TextGap:
    """A place where the document gives no figure or test. No fact closes it; a reading or a later rule does.

    It is what it says: of a pack that is read twice, the gaps are the same.
    """

    name: str
    question: str
    question_en: str
