"""Where packs come from, and what is said of those that do not load."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from stored import sections

from socorg_rules import load_pack, packs
from socorg_rules.errors import PackError
from socorg_rules.pack import Pack

HERE = Path(__file__).parent

PROLOGUE = """\
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import ONCE, Grant, Qualification, exactly
from socorg_rules.reading import reading
from socorg_rules.refs import root
from socorg_rules.words import yuan
from toyland import Guild
guild = root(Guild)
SOURCE = Source("试", "某", "1", "2021-01-01", (Clause("一", "甲"),))
"""
ONE_PACK = (
    'PACK = Pack("tiny", "小", "1", SOURCE, '
    '(Qualification("small", "小", clause="一", when=guild.is_small),), (guild.is_small,))\n'
)
GIFT = "Grant('gift', '礼', clause='一', terms=ONCE, amount=exactly(yuan(1)))\n"

FILES = {
    "a misspelt fact": PROLOGUE + "small = guild.is_smal\n",
    "a mistake of Python": PROLOGUE + "PACK = Pack(\n    'tiny',\n",
    "a name that nothing defines": PROLOGUE + "PACK = Pak()\n",
    "a mistake deep inside": PROLOGUE + "def small():\n    return guild.members >= '3'\n\nsmall()\n",
    "a misspelt keyword": PROLOGUE + GIFT.replace("terms=", "term=").replace(", amount=exactly(yuan(1))", ""),
    "a keyword far from every other": PROLOGUE + "Clause('一', '甲', xyz=1)\n",
    "a keyword under another name of the class": PROLOGUE
    + "from socorg_rules.provision import Grant as G\nG('g', '礼', clos='一')\n",
    "a function of the pack's own": PROLOGUE + "def small(of):\n    return of.is_small\n\nsmall(off=guild)\n",
    "a missing amount": PROLOGUE + GIFT.replace(", amount=exactly(yuan(1))", ""),
    "a missing clause": PROLOGUE + GIFT.replace(", clause='一'", ""),
    "a missing amount and clause": PROLOGUE
    + GIFT.replace(", clause='一'", "").replace(", amount=exactly(yuan(1))", ""),
    "a reading without a clause": PROLOGUE + "reading('r', '？', '?', default=None, because='试', a=('甲', 'a'))\n",
    "a clause without its keyword": PROLOGUE + GIFT.replace("clause='一'", "'一'"),
    "a keyword of a builtin": PROLOGUE + "dict(1, 2, 3)\n",
    "another type of Python": PROLOGUE + "len(3)\n",
    "an amount without yuan": PROLOGUE + GIFT.replace("yuan(1)", "10_000"),
    "a forgotten comma": PROLOGUE + ONE_PACK.replace(",), (guild.is_small,)", "), (guild.is_small)"),
    "several mistakes of the pack": PROLOGUE
    + ONE_PACK.replace('"small"', '"Small"').replace('clause="一"', 'clause="二"'),
    "no pack": PROLOGUE,
    "two packs": PROLOGUE + ONE_PACK + ONE_PACK.replace("PACK", "OTHER"),
    "a module that is missing": "import no_such_module_here\n",
}


def write(folder: Path, text: str, name: str = "tiny.py") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(pack: str | Path, folder: Path) -> str:
    with pytest.raises(PackError) as caught:
        load_pack(pack)
    return str(caught.value).replace(str(folder), "DIR")


def test_a_pack_loads_from_its_file(tmp_path: Path) -> None:
    assert load_pack(write(tmp_path, PROLOGUE + ONE_PACK)).id == "tiny"


def test_a_pack_with_two_names_in_its_file_is_one_pack(tmp_path: Path) -> None:
    assert load_pack(write(tmp_path, PROLOGUE + ONE_PACK + "ALIAS = PACK\n")).id == "tiny"


def test_a_file_is_read_once_until_it_changes(tmp_path: Path) -> None:
    path = write(tmp_path, PROLOGUE + ONE_PACK)
    first = load_pack(path)
    assert load_pack(str(path)) is first
    write(tmp_path, PROLOGUE + ONE_PACK.replace('"1", SOURCE', '"2", SOURCE'))
    os.utime(path, ns=(0, 0))
    assert load_pack(path).edition == "2"


def test_a_file_that_does_not_load_is_refused_with_file_and_line_in_the_stored_words(
    tmp_path: Path, snapshot: Callable[[str, str], None]
) -> None:
    texts = {}
    for n, (label, text) in enumerate(FILES.items()):
        folder = tmp_path / str(n)
        folder.mkdir()
        texts[label] = refusal(write(folder, text), folder)
    texts["no such file"] = refusal(tmp_path / "missing.py", tmp_path)
    texts["no such file in a folder"] = refusal(f"{tmp_path}/missing", tmp_path)
    snapshot("load.txt", sections(texts))


def test_a_misspelt_pack_is_refused_with_the_nearest_one() -> None:
    assert "did you mean `yangpu`?" in refusal("yangpo", HERE)


@pytest.mark.parametrize("pack", packs())
def test_every_installed_pack_loads_under_its_own_name(pack: str) -> None:
    loaded = load_pack(pack)
    assert isinstance(loaded, Pack)
    assert loaded.id == pack
    assert load_pack(pack) is loaded


def installed(folder: Path, entry: str, code: str) -> str:
    """What a fresh Python prints that has a foreign distribution with one entry point installed."""
    info = folder / "elsewhere-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: elsewhere\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[socorg_rules.packs]\n{entry}\n", encoding="utf-8")
    path = os.pathsep.join([str(folder), str(HERE)])
    script = "import socorg_rules\nfrom socorg_rules import load_pack, packs\n" + textwrap.dedent(code)
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": path},
    )
    return done.stdout


def test_another_distribution_brings_its_own_pack(tmp_path: Path) -> None:
    write(tmp_path, PROLOGUE + ONE_PACK, "elsewhere_tiny.py")
    told = installed(tmp_path, "tiny = elsewhere_tiny:PACK", "print('tiny' in packs(), load_pack('tiny').title)")
    assert told.split() == ["True", "小"]


def test_an_entry_point_with_a_mistake_is_refused_with_file_and_line(tmp_path: Path) -> None:
    path = write(tmp_path, FILES["a misspelt fact"], "elsewhere_tiny.py")
    code = """
        try:
            load_pack('tiny')
        except Exception as error:
            print(type(error).__name__, error)
    """
    told = installed(tmp_path, "tiny = elsewhere_tiny:PACK", code)
    assert told.startswith(f"PackError {path}:9: `is_smal` is no fact of guild; did you mean `is_small`?")


def test_a_pack_that_ends_the_program_is_told_and_leaves_the_others_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "raise SystemExit(3)\n", "elsewhere_tiny.py")
    code = """
        from socorg_rules.cli.packs import installed
        found, problems = installed()
        print([p.id for p in found], [str(p) for p in problems])
    """
    told = installed(tmp_path, "tiny = elsewhere_tiny:PACK", code)
    assert "'daoli', 'hainan', 'longyang', 'xinjin', 'yangpu'" in told
    assert f"{path}:1: SystemExit: 3" in told


def test_an_entry_point_that_names_no_pack_is_refused(tmp_path: Path) -> None:
    write(tmp_path, PROLOGUE, "elsewhere_tiny.py")
    code = """
        try:
            load_pack('tiny')
        except Exception as error:
            print(type(error).__name__, error)
    """
    told = installed(tmp_path, "tiny = elsewhere_tiny:SOURCE", code)
    assert told.strip() == "PackError `elsewhere_tiny:SOURCE` is no pack; the entry point must name a `Pack`"


ENGINE = (
    "decide",
    "evaluate",
    "evaluate_items",
    "check",
    "pack",
    "plan",
    "provision",
    "payments",
    "words",
    "refs",
    "case",
)


def test_the_engine_knows_no_social_organization() -> None:
    code = (
        "".join(f"import socorg_rules.{m}\n" for m in ENGINE)
        + "import sys; print('socorg_rules.vocabulary' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_toyland_needs_no_vocabulary() -> None:
    code = "import toyland, sys; print('socorg_rules.vocabulary' in sys.modules)"
    env = {**os.environ, "PYTHONPATH": str(HERE)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.strip() == "False"
