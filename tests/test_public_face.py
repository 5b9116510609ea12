import inspect
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import socorg_rules

ROOT = Path(__file__).parents[1]
NAMES = """
    Amount Answer Answers Case CaseError CaseFile Change Comparison Decision Outcome Pack PackComparison PackError
    Problem Reason Total __version__ assess compare compare_packs load_case load_case_text load_pack packs
"""


def run(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    return done.stdout.strip()


def test_the_public_names_are_these_and_no_others() -> None:
    assert sorted(socorg_rules.__all__) == sorted(NAMES.split())
    assert sorted(dir(socorg_rules)) == sorted(NAMES.split())


@pytest.mark.parametrize("name", NAMES.split())
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(socorg_rules, name) is getattr(socorg_rules, name)


def test_a_star_import_brings_the_public_names() -> None:
    code = "from socorg_rules import *; print(callable(assess), Outcome.MET, 'sys' in globals())"
    assert run(code) == "True met False"


def test_a_misspelt_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'socorg_rules' has no attribute 'asses'"):
        _ = socorg_rules.asses


def test_assess_takes_what_the_contract_says() -> None:
    parameters = inspect.signature(socorg_rules.assess).parameters
    assert {name: p.default for name, p in parameters.items()} == {
        "case": inspect.Parameter.empty,
        "pack": inspect.Parameter.empty,
        "as_of": None,
        "readings": None,
        "engine": None,
    }


@pytest.mark.parametrize(
    "before",
    [
        "import socorg_rules.assess",
        "from socorg_rules.assess import load_case",
        "import socorg_rules.assess as m; m(0)",
    ],
)
def test_assess_is_the_function_however_its_module_was_imported_before(before: str) -> None:
    code = f"""
import contextlib
with contextlib.suppress(TypeError):
    {before}
from socorg_rules import assess
import socorg_rules
print(callable(assess), socorg_rules.assess is assess)
"""
    assert run(code) == "True True"


def test_importing_the_library_loads_next_to_nothing() -> None:
    code = "import sys; before = set(sys.modules); import socorg_rules; print(*sorted(set(sys.modules) - before))"
    assert set(run(code).split()) <= {"socorg_rules", "importlib", "importlib._bootstrap", "types", "typing"} | {
        # What `typing` itself loads.
        *run("import sys; before = set(sys.modules); import importlib, types, typing; "
             "print(*sorted(set(sys.modules) - before))").split()
    }  # fmt: skip


@pytest.mark.parametrize("unwanted", ["rich", "click", "yaml", "jsonschema"])
def test_answering_from_json_does_not_load(unwanted: str) -> None:
    code = f"""
import sys, socorg_rules
answer = socorg_rules.assess("examples/yangpu-new-organization.json", "yangpu", "2023-06-01")
answer.to_dict(trace=True, depends_on=True)
print({unwanted!r} in sys.modules)
"""
    assert run(code) == "False"


def test_the_version_is_that_of_the_project_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert socorg_rules.__version__ == project["version"]
