"""The beginning of a pack in a distribution of its own: a folder with one clause, its provision and its tests.

The files are made from those in `template/`, in which `$name`, `$module` and `$distribution` are filled in.
"""

from __future__ import annotations

import os
import re
from importlib.resources import files
from pathlib import Path
from string import Template

from .errors import PackError, Problem
from .facts import entity_type
from .load import packs
from .vocabulary import Organization

NAME = re.compile(r"[a-z]([a-z0-9_]*[a-z0-9])?")
TEMPLATES = {
    "pyproject.toml": "pyproject.toml",
    "$module.py": "pack.py",
    "tests/test_$name.py": "test_pack.py",
    "README.md": "README.md",
}
"""Each file of the new folder, and the template that it is made from."""


def new_pack(name: str, into: str | os.PathLike[str] = ".") -> list[Path]:
    """Make the folder `name` within the folder `into`, and return the files in it.

    Raises:
        PackError: the name is none for a pack, or is taken; the folder is there already, which is left as it is; or
            nothing can be written there.
    """
    _fits(name)
    within = Path(into)
    if not within.is_dir():
        raise PackError(f"`{within}` is no folder; make it first, or name another with `--into`")
    folder = within / name
    try:
        return _written(name, folder)
    except FileExistsError:
        raise PackError(f"`{folder}` is there already and is left as it is; choose another name or folder") from None
    except OSError as error:
        told = (error.strerror or str(error)).lower()
        raise PackError(f"`{folder}` cannot be made: {told}; name another folder with `--into`") from None


def _written(name: str, folder: Path) -> list[Path]:
    names = {"name": name, "module": f"socorg_rules_{name}", "distribution": f"socorg-rules-{name.replace('_', '-')}"}
    folder.mkdir()
    made = []
    for target, template in TEMPLATES.items():
        path = folder / Template(target).substitute(names)
        path.parent.mkdir(exist_ok=True)
        text = (files(__package__) / "template" / f"{template}.txt").read_text(encoding="utf-8")
        path.write_text(Template(text).substitute(names), encoding="utf-8")
        made.append(path)
    return made


def _fits(name: str) -> None:
    if not NAME.fullmatch(name):
        better = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_0123456789")
        hint = f", as in `{better}`" if NAME.fullmatch(better) else ""
        raise PackError(
            Problem(name, f"is no name of a pack; write small letters, digits and `_`, a letter first{hint}")
        )
    if name in packs():
        raise PackError(Problem(name, "is the name of a pack that is installed; choose another"))
    if name in entity_type(Organization).facts:
        raise PackError(Problem(name, "is a fact of organization, under which own facts would stand; choose another"))
