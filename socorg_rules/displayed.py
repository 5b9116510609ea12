"""What people can look at: everything that tells about itself in words, as a page, and in notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .document import Document
    from .phrases import Lang


class Displayed:
    """Something that tells about itself; how it is told is one document for every medium."""

    __slots__ = ()

    def document(self, lang: Lang, *, whole: bool = True, folds: bool = False) -> Document:
        """All that is told about it, for whatever medium.

        Args:
            lang: Chinese or English.
            whole: with the derivations, where it has any; without them only what decides.
            folds: for a medium that folds parts away.
        """
        raise NotImplementedError

    def explain(self, lang: str = "zh", form: str = "text") -> str:
        """What it is and why, in `zh` or `en`, as `text`, `tree` (for a terminal), `markdown` or `html` (a whole page).

        Raises:
            CaseError: there is no such form or language.
        """
        from .render import render  # noqa: PLC0415 - an explanation costs nothing until it is asked for

        return render(self, form, lang)

    def _repr_html_(self) -> str:
        """What a notebook shows: Chinese, with a switch to English."""
        from .render import fragment  # noqa: PLC0415 - as above

        return fragment(self)
