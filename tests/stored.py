"""Many texts as one stored text, each under its label."""

from collections.abc import Mapping


def sections(texts: Mapping[str, str]) -> str:
    """What a snapshot of several texts holds."""
    return "\n".join(f"## {label}\n{text}\n" for label, text in texts.items())
