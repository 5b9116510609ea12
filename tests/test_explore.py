"""The verbs that explore a case say what the library says."""

import json
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from socorg_rules import paths_to, robustness, timeline
from socorg_rules.cli import main
from socorg_rules.schema_explore import EXPLORATIONS

CASE = "examples/yangpu-new-organization.json"
FLOOR = ("--reading", "no_floor=full")
VERBS = {
    "timeline": ("--from", "2023-05-01", "--to", "2024-05-01"),
    "paths": ("--provision", "grade_award", "--more", "--as-of", "2023-06-01"),
    "robustness": ("--as-of", "2023-06-01"),
}

each_verb = pytest.mark.parametrize("verb", VERBS)


def run(*args: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, args, input=typed, prog_name="socorg-rules")


def asked(verb: str, *more: str, case: str = CASE) -> Sequence[str]:
    return (verb, case, "--pack", "yangpu", *VERBS[verb], *more)


@each_verb
def test_json_has_the_published_form_and_is_what_the_library_says(verb: str) -> None:
    said = json.loads(run(*asked(verb, "--format", "json")).stdout)
    jsonschema.validate(said, EXPLORATIONS[verb]())
    found = {
        "timeline": lambda: timeline(CASE, "yangpu", "2023-05-01", "2024-05-01"),
        "paths": lambda: paths_to(CASE, "yangpu", "grade_award", "2023-06-01", wanted="more"),
        "robustness": lambda: robustness(CASE, "yangpu", "2023-06-01"),
    }[verb]()
    assert said == json.loads(json.dumps(found.to_dict()))


@each_verb
@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_every_form_is_told_in_both_languages(verb: str, form: str) -> None:
    chinese, english = (run(*asked(verb, "--format", form, "--lang", lang)) for lang in ("zh", "en"))
    assert chinese.exit_code == english.exit_code == 0
    assert chinese.stdout != english.stdout


@each_verb
def test_a_case_comes_from_standard_input_too(verb: str) -> None:
    typed = Path(CASE).read_text("utf-8")
    assert run(*asked(verb, case="-"), typed=typed).stdout == run(*asked(verb)).stdout


@each_verb
def test_a_reading_can_be_chosen(verb: str) -> None:
    said = json.loads(run(*asked(verb, "--format", "json", "--reading", "top_up=full")).stdout)
    assert said["readings"]["top_up"] == "full"


@each_verb
def test_what_is_wrong_is_told_in_a_line(verb: str) -> None:
    done = run(*asked(verb, "--reading", "top_up=ful"))
    assert done.exit_code == 2
    assert "`ful` is no alternative of this reading" in done.stderr
    assert "Traceback" not in done.stderr
