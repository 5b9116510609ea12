"""Decoding plain YAML: words and numbers mean what they mean in JSON, all else is text (`2023-02-30`, `010`, `yes`).

The graph of nodes is read instead of constructed objects, which keeps repeated names visible and tags powerless.
"""

from __future__ import annotations

import re
from collections.abc import Hashable

import yaml

from .casefile import fields, number, wrong
from .value import shown

_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}
_MOST_VALUES = 1_000_000
"""A file may hold so many values, aliases expanded: far more than a case needs, and soon reached by a bomb."""


def read_yaml(text: str, name: str) -> object:
    """The plain data of a YAML text that `name` calls in messages.

    Raises:
        CaseError: the text is not plain YAML.
        RecursionError: it is nested too deeply, or an anchor holds itself.
    """
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = error.problem or error.context or "not valid YAML"
        raise wrong(name, mark.line + 1 if mark else None, message) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise wrong(name, line, "a character that YAML does not allow") from None
    except (ValueError, OverflowError):  # an escape such as "\UFFFFFFFF", past the last character there is
        raise wrong(name, None, "an escape that names no character") from None
    return None if node is None else _Graph(name).plain(node)


class _Graph:
    """The nodes of one file as plain data."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._values = 0

    def plain(self, node: yaml.Node) -> object:
        line = node.start_mark.line + 1
        self._values += 1
        if self._values > _MOST_VALUES:
            raise wrong(self._name, line, f"more than {_MOST_VALUES} values, aliases expanded")
        if node.tag not in _TAGS:
            raise wrong(self._name, line, f"the tag `{shown(node.tag)}` is not read; leave it out")
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(one) for one in node.value]
        if isinstance(node, yaml.MappingNode):
            return fields((self._key(key), self.plain(value)) for key, value in node.value)
        return _scalar(node.value, quoted=bool(getattr(node, "style", None)))

    def _key(self, node: yaml.Node) -> Hashable:
        key = self.plain(node)
        if not isinstance(key, Hashable):
            raise wrong(self._name, node.start_mark.line + 1, "the name of a fact is text, not a list or an object")
        return key


def _scalar(text: str, *, quoted: bool) -> object:
    if quoted:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return number(text) if _JSON_NUMBER.fullmatch(text) else text
