"""Forward chaining gives the reference's answer, and shows the rules that fired."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from agreement import agreed, questions
from decided import NEW
from toyland import PACK

from socorg_rules import CaseError, assess, load_pack
from socorg_rules.schema_answer import answer_schema

pytest.importorskip("durable_rules_engine", reason="durable-rules is not installed here")

EXAMPLES = Path(__file__).parents[1] / "examples"
DAYS = {"yangpu": "2023-06-01", "hainan": "2022-06-01", "xinjin": "2018-06-01", "longyang": "2020-06-01"}


def test_it_agrees_with_the_reference_on_random_questions() -> None:
    """`make agree` asks a hundred times as many."""
    assert sum(agreed(question, "forward") for question in islice(questions(0), 400)) > 1000


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda p: p.stem)
def test_its_whole_answer_is_the_references_but_for_the_rules_that_fired(path: Path) -> None:
    pack = path.stem.partition("-")[0]
    day = DAYS.get(pack, "2018-06-01")
    found = assess(path, pack, day, engine="forward").to_dict(trace=True, depends_on=True)
    fired = [d.pop("fired", None) for d in _derivations(found)]
    assert found == assess(path, pack, day).to_dict(trace=True, depends_on=True)
    assert all(fired)


def _derivations(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [d for decision in answer["decisions"] for d in decision["trace"]["derivations"]]


def test_its_answers_hold_to_the_published_schema() -> None:
    found = assess({"guild": NEW}, PACK, "2022-03-01", engine="forward").to_dict(trace=True)
    jsonschema.validate(json.loads(json.dumps(found)), answer_schema())


def chain(provision: str, **facts: object) -> list[dict[str, Any]]:
    """What fired for a provision of Toyland decided once."""
    found = assess({"guild": {**NEW, **facts}}, PACK, "2022-03-01", engine="forward")[provision]
    (derivation,) = found.trace["derivations"]
    return list(derivation["fired"])


def test_the_chain_begins_with_facts_and_ends_with_the_claim() -> None:
    fired = chain("opening_gift")
    assert (fired[0]["truth"], "from" in fired[0]) == (True, False)
    by_role = {step["role"]: step for step in fired if "role" in step}
    assert {role: step["truth"] for role, step in by_role.items()} == {
        "reach": True, "force": True, "when": True, "claim": True, "discretion": False, "used": False,
    }  # fmt: skip
    assert by_role["claim"]["from"] == [by_role[r]["symbol"] for r in ("reach", "force", "when")]


def test_each_rule_fired_on_what_came_before_it() -> None:
    known: set[str] = set()
    for step in chain("opening_gift"):
        assert set(step.get("from", ())) <= known
        known.add(step["symbol"])


def test_a_named_condition_and_a_reading_say_their_names() -> None:
    fired = chain("opening_gift")
    assert {"id": "newly_founded", "label": "成立不足两年"}.items() <= next(
        s for s in fired if s.get("id") == "newly_founded"
    ).items()
    assert {"reading": "two_years", "alternative": "civil_code", "truth": True}.items() <= next(
        s for s in fired if s.get("reading")
    ).items()


def test_what_other_provisions_have_asked_before_fires_for_each_of_them_anew() -> None:
    found = assess({"guild": {**NEW, "craft": "木工"}}, PACK, "2022-03-01", engine="forward")
    for name in ("opening_gift", "flood_relief", "honour_list"):
        (derivation,) = found[name].trace["derivations"]
        conditions = {s.get("id"): "from" in s for s in derivation["fired"]}
        assert conditions.items() >= {"in_toyland": True, "registered": True}.items(), name


def test_a_refuted_reach_leaves_the_other_tests_unasked() -> None:
    fired = chain("opening_gift", division="88")
    assert {s["role"]: s["truth"] for s in fired if "role" in s} == {"reach": False, "claim": False}


def test_what_is_not_known_is_nowhere_in_the_chain() -> None:
    facts = {"division": "7701", "status": "registered"}
    (derivation,) = assess({"guild": facts}, PACK, "2022-03-01", engine="forward")["opening_gift"].trace["derivations"]
    assert not {"when", "claim"} & {s.get("role") for s in derivation["fired"]}


def test_each_item_has_a_chain_of_its_own() -> None:
    badges = [{"name": g, "grade": g, "awarded_on": "2021-08-01"} for g in ("金", "铜")]
    found = assess({"guild": {**NEW, "badges": badges}}, PACK, "2022-03-01", engine="forward")["badge_prize"]
    claims = [next(s["truth"] for s in d["fired"] if s.get("role") == "claim") for d in found.trace["derivations"]]
    assert claims == [True, False]


def test_a_case_that_contradicts_itself_is_refused_alike() -> None:
    twice = {"guild": {**NEW, "audits": [{"year": 2020, "result": "合格"}] * 2}}
    said = []
    for engine in ("reference", "forward"):
        with pytest.raises(CaseError) as error:
            assess(twice, PACK, "2022-03-01", engine=engine)
        said.append(error.value.problems)
    assert said[0] == said[1]


def test_readings_days_and_several_packs_go_through_it_too() -> None:
    case = EXAMPLES / "yangpu-new-organization.json"
    asked = [load_pack("yangpu"), load_pack("hainan")]
    taken = {"yangpu.period_end": None, "two_year_endpoint": "anniversary"}
    found = assess(case, asked, "2026-03-10", taken, engine="forward").to_dict(depends_on=True)
    assert found == assess(case, asked, "2026-03-10", taken).to_dict(depends_on=True)
