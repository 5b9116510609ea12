"""The project cites the documents and puts their rules in its own words: no sentence of them stands in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from socorg_rules import load_pack, packs

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted((ROOT.parent / "shared" / "sources").glob("*.txt"))
COPIED = 28
FOLDERS = ("socorg_rules", "policies", "tests", "examples", "docs", "benchmarks", "tools")
KINDS = {".py", ".md", ".json", ".yaml", ".toml", ".txt"}


def bare(text: str) -> str:
    """Letters and figures alone, whatever the punctuation and line breaks; a list of words is no sentence."""
    return re.sub(r"[^\w|]|_", "", re.sub(r"[\"'`]\s*,\s*[\"'`]", "|", text))


def pieces(text: str) -> Iterator[str]:
    """Every run of a length that nobody writes twice by chance."""
    return (text[i : i + COPIED] for i in range(len(text) - COPIED + 1))


def written() -> Iterator[Path]:
    """Whatever the project says in words."""
    yield from ROOT.glob("*.md")
    for folder in FOLDERS:
        yield from (p for p in sorted((ROOT / folder).rglob("*")) if p.suffix in KINDS)


def test_a_copied_sentence_is_noticed_across_punctuation_and_lines() -> None:
    sentence = "甲乙丙丁，戊己庚辛；壬癸子丑寅卯、辰巳午未申酉戌亥天地玄黄宇宙洪荒"
    known = set(pieces(bare(sentence)))
    assert known & set(pieces(bare('text = "甲乙丙丁戊己庚辛"\n    "壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"')))
    assert not known & set(pieces(bare('"甲乙丙丁戊己庚辛", "壬癸子丑寅卯辰巳午未申酉戌亥天地", "玄黄宇宙洪荒"')))


@pytest.mark.skipif(not DOCUMENTS, reason="the documents are not beside the project")
def test_no_sentence_of_a_document_stands_in_the_project() -> None:
    known = {p for document in DOCUMENTS for p in pieces(bare(document.read_text("utf-8")))}
    titles = [bare(load_pack(name).source.title) for name in packs()]
    copied = {}
    for path in written():
        text = bare(path.read_text("utf-8"))
        for title in titles:
            text = text.replace(title, "|")
        if found := known & set(pieces(text)):
            copied[str(path.relative_to(ROOT))] = sorted(found)[:2]
    assert copied == {}
