"""Which text is meant: a pack by its id, a file, or a file as it was at a revision of its git repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from ..errors import PackError
from ..load import file_of, load_pack, load_source, packs
from ..pack import Pack


class NoSuchFileError(PackError):
    """A revision that there is holds no such file."""


def read_pack(named: str) -> Pack:
    """The pack that `named` names: an id, the path of a file, or `FILE@REVISION`.

    The file of a revision is read beside today's; what it imports is what is installed today.

    Raises:
        NoSuchFileError: the revision holds no such file.
        PackError: there is no such pack, file or revision, or the pack has mistakes.
    """
    file, at, revision = named.rpartition("@")
    if not at or Path(named).exists():
        return load_pack(named)
    if not file or not revision:
        raise PackError(f"`{named}` names no revision of a file; write it as in `policies/yangpu.py@HEAD`")
    if file in packs() and not Path(file).exists():
        raise PackError(
            f"`{named}`: `{file}` is an id, which has no revisions; write its file: `{file_of(file)}@{revision}`"
        )
    return load_source(_shown(Path(file), revision), Path(file), named)


def _shown(file: Path, revision: str) -> bytes:
    """The file as git holds it at a revision.

    Raises:
        NoSuchFileError: git holds no such file there.
        PackError: git is not installed, or knows no such revision.
    """
    named = f"{file}@{revision}"
    if not file.parent.is_dir():
        raise PackError(f"`{named}`: there is no folder `{file.parent}`")
    if revision.startswith("-"):
        raise PackError(f"`{named}`: `{revision}` is no revision")
    found = _git(file, "show", f"{revision}:./{file.name}")
    if found.returncode:
        said = found.stderr.decode(errors="replace").strip().splitlines()
        told = f"`{named}`: git says: {said[0].removeprefix('fatal: ') if said else 'nothing'}"
        known = _git(file, "rev-parse", "--quiet", "--verify", f"{revision}^{{tree}}").returncode == 0
        raise NoSuchFileError(told) if known else PackError(told)
    if _git(file, "cat-file", "-t", f"{revision}:./{file.name}").stdout.strip() == b"tree":
        raise PackError(f"`{named}`: `{file}` is a folder; name a pack file in it")
    return found.stdout


def _git(file: Path, *asked: str) -> subprocess.CompletedProcess[bytes]:
    """What git answers in the folder of a file.

    Raises:
        PackError: git is not installed.
    """
    try:
        return subprocess.run(["git", "-C", os.fspath(file.parent), *asked], capture_output=True, check=False)  # noqa: S603, S607 - git, with checked arguments
    except FileNotFoundError:
        raise PackError(f"`{file}`: reading a revision needs the program `git`, which is not installed") from None
