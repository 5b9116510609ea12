"""Where packs come from: the entry point group `socorg_rules.packs`, or a Python file."""

from __future__ import annotations

import contextlib
import functools
import inspect
import os
import re
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, TracebackType

from .errors import PackError, Problem, nearest
from .pack import Pack

GROUP = "socorg_rules.packs"


@functools.cache
def _installed() -> dict[str, EntryPoint]:
    return {e.name: e for e in sorted(entry_points(group=GROUP), key=lambda e: e.name)}


def packs() -> list[str]:
    """The ids of the packs that are installed, in alphabetical order."""
    return list(_installed())


def load_pack(pack: str | os.PathLike[str]) -> Pack:
    """A pack by its id, or by the path of the Python file that holds it.

    Raises:
        PackError: there is no such pack, or it has mistakes.

    >>> load_pack("yangpu").title
    '杨浦区社会组织培育发展扶持政策'
    """
    if not isinstance(pack, str | os.PathLike):
        raise PackError(f"`{pack!r}` is no pack; give an id, the path of a pack file, or a `Pack`")
    name = os.fspath(pack)
    if name.endswith(".py") or os.sep in name:
        path = Path(name)
        if not path.is_file():
            raise PackError(f"`{name}` is no file")
        return _from_file(str(path.resolve()), path.stat().st_mtime_ns)
    if name not in _installed():
        raise PackError(f"no pack is called `{name}`{nearest(name, packs())}")
    return _from_entry_point(name)


def file_of(pack: str | os.PathLike[str]) -> Path:
    """The file that holds a pack, named as for `load_pack`.

    Raises:
        PackError: there is no such pack, or it is not held by a file of its own.
    """
    name = os.fspath(pack)
    if name.endswith(".py") or os.sep in name:
        return Path(name)
    if name not in _installed():
        raise PackError(f"no pack is called `{name}`{nearest(name, packs())}")
    found = find_spec(_installed()[name].module)
    if found is None or not found.has_location or found.origin is None:
        raise PackError(f"`{name}` stands in no file of its own")
    return Path(found.origin)


@functools.cache
def _from_entry_point(name: str) -> Pack:
    entry = _installed()[name]
    try:
        found = entry.load()
    except (Exception, SystemExit) as error:
        raise _where(error, entry.module.rpartition(".")[2]) from error
    if not isinstance(found, Pack):
        raise PackError(f"`{entry.value}` is no pack; the entry point must name a `Pack`")
    return found


@functools.cache
def _from_file(name: str, changed: int) -> Pack:  # noqa: ARG001 - a file that has changed since is read again
    path = Path(name)
    return load_source(path.read_bytes(), path, name)


def load_source(source: bytes, path: Path, name: str) -> Pack:
    """The pack in the source of a file that stands at `path`; `name` stands for it in messages.

    Relative imports go by the package that the file lies in.

    Raises:
        PackError: it holds not one pack, or the pack has mistakes.
    """
    if path.suffix != ".py":
        raise PackError(f"`{name}` is no pack file; a pack is a Python file, which ends in `.py`")
    if b"\0" in source:
        raise PackError(f"`{name}` holds null bytes, so that it is no Python file; a pack is one, as text")
    package = _package_of(path)
    module = ModuleType(f"{package}.{path.stem}" if package else f"<{name}>")
    vars(module).update(__file__=name, __package__=package)
    before = sys.modules.get(module.__name__)
    sys.modules[module.__name__] = module  # declarations of entities look themselves up there
    try:
        exec(compile(source, name, "exec"), vars(module))  # noqa: S102 - a pack is a Python file
    except (Exception, SystemExit) as error:
        raise _where(error, name) from error
    finally:
        del sys.modules[module.__name__]
        if before is not None:
            sys.modules[module.__name__] = before
    names = vars(module)
    held = {id(v): v for v in names.values() if isinstance(v, Pack)}
    earlier = {id(edition.earlier) for pack in held.values() for edition in pack.editions}
    found = [pack for id_, pack in held.items() if id_ not in earlier]  # one that was amended is part of another
    if len(found) != 1:
        raise PackError(f"`{name}` holds {len(found)} packs; a pack file holds one, as `PACK = Pack(…)`")
    return found[0]


def _package_of(path: Path) -> str:
    """The package that a file lies in, of an installed pack or one that is loaded; nothing where it lies in none."""
    folder = path.resolve().parent
    for package in {entry.module.rpartition(".")[0] for entry in _installed().values()} - {""}:
        with contextlib.suppress(Exception, SystemExit):  # of such a pack it is told when it is asked for
            import_module(package)
    for name, module in list(sys.modules.items()):
        if any(Path(place) == folder for place in getattr(module, "__path__", ())):
            return name
    return ""


def _where(error: BaseException, file: str) -> PackError:
    """The error as a pack's, with file and line where Python tripped over it."""
    if isinstance(error, SyntaxError):
        return PackError(Problem(f"{error.filename}:{error.lineno}", f"{error.msg}"))
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).stem == Path(file).stem]
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else file
    if isinstance(error, PackError):
        return PackError([Problem(f"{place}: {p.path}".removesuffix(": "), p.message) for p in error.problems])
    told = _call(error) if isinstance(error, TypeError) else None
    return PackError(Problem(place, told or f"{type(error).__name__}: {error}"))


def _call(error: TypeError) -> str | None:
    """What is wrong with the arguments of a call, from what Python says of it; None where it says something else."""
    given = re.match(r"([\w.<>]+)\(\) (.*)", str(error))
    if given is None:
        return None
    name, says = given[1].removesuffix(".__init__").rpartition(".")[2], given[2]
    wrong = re.findall(r"'(\w+)'", says)
    parameters = _parameters(name, error.__traceback__)
    if "unexpected keyword argument" in says:
        return f"`{name}` has no `{wrong[0]}=`{nearest(wrong[0], parameters) or '; remove it'}"
    if says.startswith("missing"):
        needed = " and ".join(f"`{w}=`" for w in wrong)
        return f"`{name}` needs {needed}; write {'it' if len(wrong) == 1 else 'them'}"
    if "positional argument" in says:
        plain = [p.name for p in parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
        first = f" after `{'`, `'.join(plain)}`" if plain else ""
        return f"`{name}` has too many arguments; write each one{first} with its keyword, `…=`"
    return None


def _parameters(name: str, trace: TracebackType | None) -> dict[str, inspect.Parameter]:
    """The parameters of what the pack called, found by its name in the pack, else in this library."""
    frames = [frame for frame, _ in traceback.walk_tb(trace)]
    places = [{**frames[-1].f_globals, **frames[-1].f_locals}] if frames else []
    places += [vars(module) for id_, module in sys.modules.items() if id_.startswith(f"{__package__}.")]
    found: Callable[..., object] | None = next((p[name] for p in places if callable(p.get(name))), None)
    return dict(inspect.signature(found).parameters) if found is not None else {}
