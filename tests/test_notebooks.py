"""The notebooks run from a clean kernel, hold no outputs, type no figures, and end with something to see."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
SHOWN = {"text/html", "image/svg+xml", "image/png"}

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)


def read(path: Path) -> Any:  # noqa: ANN401 - nbformat has no types
    return nbformat.read(path, as_version=4)


@each_notebook
def test_a_notebook_runs_from_a_clean_kernel_and_ends_with_something_to_see(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the kernel's own libraries
        from nbclient import NotebookClient  # noqa: PLC0415

        ran = NotebookClient(read(path), timeout=120, resources={"metadata": {"path": path.parent}}).execute()
    code = [cell for cell in ran.cells if cell.cell_type == "code"]
    told = [output for cell in code for output in cell.outputs]
    assert [output for output in told if output.output_type == "stream" and output.name == "stderr"] == []
    last = code[-1].outputs
    assert any(SHOWN & set(output.get("data", {})) for output in last)


@each_notebook
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    for cell in read(path).cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


@each_notebook
def test_the_figures_of_a_notebook_s_prose_are_computed(path: Path) -> None:
    prose = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    assert re.findall(r"\d[\d,.]* ?(?:%|[万亿]?元|项|家|人|款|yuan|per cent|organi[sz]ations)", prose) == []


@each_notebook
def test_a_notebook_is_short_and_in_both_languages(path: Path) -> None:
    cells = read(path).cells
    assert len(cells) <= 30
    assert cells[0].cell_type == "markdown"
    assert re.search(r"[\u4e00-\u9fff]", cells[0].source)
    assert re.search(r"^\*[A-Z].*\*$", cells[0].source, re.MULTILINE)
