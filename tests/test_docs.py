"""The documents tell the truth: their examples run, their links lead somewhere, and what they say exists does."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from socorg_rules import load_pack, packs
from socorg_rules.cli import main
from socorg_rules.expr import Expr
from socorg_rules.facts import Type
from socorg_rules.provision import Duty, Provision
from socorg_rules.question import ENGINES

ROOT = Path(__file__).parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
GUIDES = sorted((ROOT / "docs").rglob("*.md"))
DOCUMENTS = (*READMES, *GUIDES)
SEMANTICS = ROOT / "docs" / "semantics.md"
LEFT_OUT = "…"

each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
each_readme = pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Examples name files as somebody does who stands in the repository."""
    monkeypatch.chdir(ROOT)


def blocks(path: Path, *languages: str) -> Iterator[tuple[int, str]]:
    """The fenced blocks in these languages, each with the number of its first line."""
    text = path.read_text(encoding="utf-8")
    for found in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        if found[1] in languages:
            yield text.count("\n", 0, found.start(2)), found[2]


def subclasses(kind: type) -> Iterator[type]:
    for sub in kind.__subclasses__():
        if sub.__module__.startswith("socorg_rules.") and not sub.__module__.startswith("socorg_rules.change."):
            yield sub  # a split, where two texts part, stands in no pack
        yield from subclasses(sub)


# ---------------------------------------------------------------------------------------------------- examples


@each_document
def test_the_python_examples_give_what_they_show(path: Path) -> None:
    told: list[str] = []
    runner, names = doctest.DocTestRunner(verbose=False), {"__name__": path.stem}
    for line, source in blocks(path, "python"):
        test = doctest.DocTestParser().get_doctest(source, names, f"{path.name}:{line}", str(path), line)
        assert test.examples, f"{path.name}:{line}: a Python block without `>>>` is not checked"
        test.globs = names  # what a block declares, the later ones use
        runner.run(test, out=told.append, clear_globs=False)
    assert not told, "".join(told)


def commands(path: Path) -> Iterator[tuple[int, str, list[str]]]:
    """The commands of the shell blocks, each with the lines that it is said to print."""
    for line, block in blocks(path, "console"):
        for found in re.finditer(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            yield line, found[1], found[2].splitlines()


def fits(shown: list[str], printed: list[str]) -> bool:
    """Whether the shown lines are those printed. A line `…` stands for any that are left out."""
    wanted = "".join(".*" if s == LEFT_OUT else re.escape(s + "\n") for s in shown)
    return re.fullmatch(wanted, "".join(p + "\n" for p in printed), re.DOTALL) is not None


def renewed(shown: list[str], printed: list[str]) -> list[str]:
    """The shown lines as they are printed now: each run from its first line to its last, or as long as before."""
    made, at, run = [], 0, []
    for line in [*shown, None]:
        if line in {LEFT_OUT, None}:
            if run:
                start = printed.index(run[0], at)
                last = [i for i, p in enumerate(printed) if i >= start and p == run[-1]]
                at = last[0] + 1 if last else start + len(run)
                made += printed[start:at]
            made += [LEFT_OUT] if line else []
            run = []
        else:
            run.append(line)
    return made


def printed_by(args: list[str]) -> list[str]:
    result = CliRunner(env={"NO_COLOR": "1"}).invoke(main, args, prog_name="socorg-rules")
    return (result.stdout + result.stderr).splitlines()


@each_document
def test_the_commands_print_what_is_shown(path: Path, request: pytest.FixtureRequest) -> None:
    for line, command, shown in commands(path):
        program, *args = shlex.split(command)
        if program != "socorg-rules":
            assert program in {"make", "git", "pip"}, f"{path.name}:{line}: `{command}` is not checked"
            continue
        printed = printed_by(args)
        if request.config.getoption("--update-snapshots"):
            head, now = f"$ {command}\n", renewed(shown, printed)
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(head + "\n".join(shown), head + "\n".join(now)), encoding="utf-8")
        else:
            now = shown
        assert fits(now, printed), f"{path.name}:{line}: `{command}` prints\n" + "\n".join(printed)


@each_document
def test_make_has_the_targets_that_are_named(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"(?:`|^\$ )make ([a-z]+)", text, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


# ------------------------------------------------------------------------------------------------------- links


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@each_document
def test_links_within_the_repository_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", link):
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


def test_decisions_are_numbered_without_gaps() -> None:
    found = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(p.name[:4]) for p in found] == list(range(1, len(found) + 1))
    for path in found:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(path.name[:4])}. ")
        places = [text.index(f"\n## {part}\n") for part in ("Context", "Decision", "Consequences", "Alternatives")]
        assert all(a < b for a, b in pairwise(places))


# ----------------------------------------------------------------------------------------------- specification


def described(name: str) -> bool:
    """Whether the specification has a heading, or a row of a table, for a name."""
    text = SEMANTICS.read_text(encoding="utf-8")
    return re.search(rf"^(#+ |\| )`{name}`", text, re.MULTILINE) is not None


@pytest.mark.parametrize("node", [*subclasses(Expr)], ids=lambda n: n.__name__)
def test_the_specification_describes_the_node(node: type) -> None:
    assert described(node.__name__)


def test_the_specification_lists_the_types_of_facts() -> None:
    text = SEMANTICS.read_text(encoding="utf-8")
    assert [t for t in Type if f"\n| {t.value} |" not in text] == []


def test_the_specification_says_what_met_means_for_every_kind_and_duty() -> None:
    kinds = {sub.kind for sub in subclasses(Provision) if issubclass(sub, Provision)}
    duties = {p.id for name in packs() for p in load_pack(name).provisions if isinstance(p, Duty)}
    assert [name for name in sorted(kinds | duties) if not described(name)] == []


# ------------------------------------------------------------------------------------------------------ readme


def inputs(path: Path) -> list[str]:
    """What a reader types, whatever the language of the answer."""
    parser = doctest.DocTestParser()
    python = [e.source for _, block in blocks(path, "python") for e in parser.get_examples(block)]
    shell = [command for _, command, _ in commands(path)]
    return [re.sub(r' --lang en|"en"', "", typed) for typed in (*python, *shell)]


def test_both_readmes_show_the_same() -> None:
    english, chinese = map(inputs, READMES)
    assert english == chinese
    assert english


@each_readme
def test_a_readme_names_the_packs_and_engines_that_there_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE)
    assert listed == packs()
    for name in ENGINES:
        assert f"`{name}`" in text


@each_readme
def test_a_readme_counts_what_the_packs_hold(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in packs():
        pack = load_pack(name)
        row = re.search(rf"^\| `{name}` \|.*$", text, re.MULTILINE)
        assert row
        counted: Any = (len(pack.provisions), len(pack.readings), len(pack.coverage))
        assert tuple(map(int, re.findall(r"\| (\d+) ", row[0] + " "))) == counted
