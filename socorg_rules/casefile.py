"""Decoding a case file (JSON, YAML or TOML) into plain data: numbers exact, dates as written, nothing dropped."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Hashable, Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal

from .errors import CaseError, Problem
from .value import shown

Form = Literal["json", "yaml", "toml"]

FORMS: dict[str, Form] = {".json": "json", ".yaml": "yaml", ".yml": "yaml", ".toml": "toml"}


class Fields(dict[Hashable, object]):
    """An object of a file, with the names that it holds more than once."""

    repeated: tuple[Hashable, ...] = ()


def read_file(path: str) -> object:
    """The plain data of a case file, its format told by the suffix.

    Raises:
        CaseError: the file cannot be read, has another suffix, or breaks the rules of its format.
    """
    form = FORMS.get(Path(path).suffix.lower())
    if form is None:
        raise CaseError(Problem(path, f"the name of a case file ends in one of {', '.join(FORMS)}"))
    try:
        content = Path(path).read_bytes()
    except FileNotFoundError:
        raise CaseError(Problem(path, "there is no such file")) from None
    except OSError as error:
        raise CaseError(Problem(path, f"cannot be read: {(error.strerror or str(error)).lower()}")) from None
    except ValueError:  # a NUL in the path
        raise CaseError(Problem(shown(path), "is no name of a file")) from None
    return decode(content, form, path)


def decode(content: str | bytes, form: Form, name: str) -> object:
    """The plain data of a text that `name` calls in messages.

    Raises:
        CaseError: the text breaks the rules of its format; the place names the line.
    """
    text = content if isinstance(content, str) else _utf8(content, name)
    try:
        return {"json": _json, "yaml": _yaml, "toml": _toml}[form](text, name)
    except RecursionError:
        raise CaseError(Problem(name, "nested too deeply")) from None


def _utf8(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise wrong(name, line, "not UTF-8; save the file as UTF-8") from None


def wrong(name: str, line: int | None, message: str) -> CaseError:
    """The complaint about a text that breaks the rules of its format."""
    message = " ".join(message.split())
    return CaseError(Problem(f"{name}:{line}" if line else name, message[:1].lower() + message[1:]))


def number(text: str) -> int | Decimal:
    """A number exactly as written. What no arithmetic can hold becomes NaN, which no fact accepts."""
    if re.fullmatch(r"-?[0-9]{1,18}", text):
        return int(text)
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def fields(pairs: Iterable[tuple[Hashable, object]]) -> Fields:
    """The object that holds these pairs: of a repeated name the last value, and the name in `repeated`."""
    made = Fields()
    repeated: dict[Hashable, None] = {}
    for key, value in pairs:
        if key in made:
            repeated[key] = None
        made[key] = value
    made.repeated = tuple(repeated)
    return made


def _json(text: str, name: str) -> object:
    try:
        return json.loads(text, parse_int=number, parse_float=number, parse_constant=number, object_pairs_hook=fields)
    except json.JSONDecodeError as error:
        raise wrong(name, error.lineno, error.msg) from None


def _toml(text: str, name: str) -> object:
    try:
        return tomllib.loads(text, parse_float=number)
    except tomllib.TOMLDecodeError as error:
        said = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(error), re.DOTALL)
        message, line = said.groups() if said else (str(error), None)
        raise wrong(name, int(line) if line else text.count("\n") + 1, message) from None
    except ValueError:  # Python refuses to read integers of thousands of digits
        raise wrong(name, None, "a number has thousands of digits") from None


def _yaml(text: str, name: str) -> object:
    from .casefile_yaml import read_yaml  # noqa: PLC0415 - most cases are JSON, and importing the library stays fast

    return read_yaml(text, name)
