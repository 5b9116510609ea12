"""A pack keeps its editions: the day says which decides, what lapsed is never the older text, and mistakes are told."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from decided import NEW
from toyland import PACK, guild

from socorg_rules import CaseError, CaseFile, Pack, PackError, assess, compare_packs, load_pack, paths_to
from socorg_rules.canonical import plan_form
from socorg_rules.editions import Lapse, lapse
from socorg_rules.provision import Support
from socorg_rules.question import ENGINES

CASE = {"guild": {**NEW, "is_small": True}}
FEAST = Support("feast", "庆典", clause="十四", when=guild.is_small)
GAP = lapse("2022-04-01", "2022-04-30", "新办法未出")


def amended(**more: Any) -> Pack:  # noqa: ANN401
    given = {
        "parameters": {"opening_gift.ceiling": 20_000},
        "repeal": {"stall_space": "不再设摊"},
        "add": [FEAST],
        **more,
    }
    return PACK.amend("2022", "2022-05-01", **given)


def edition(pack: Pack, day: str) -> str:
    return str(assess(CASE, pack, day, engine="reference").to_dict()["edition"])


# ------------------------------------------------------------------------------------------------- which decides


def test_the_day_says_which_edition_decides() -> None:
    pack = amended()
    assert [edition(pack, d) for d in ("1999-01-01", "2022-04-30", "2022-05-01", "2050-01-01")] == [
        "2021", "2021", "2022", "2022",
    ]  # fmt: skip
    before, after = (assess(CASE, pack, d, engine="reference") for d in ("2022-04-30", "2022-05-01"))
    assert [str(a["opening_gift"].payable.max) for a in (before, after) if a["opening_gift"].payable] == [
        "10000.00", "20000.00",
    ]  # fmt: skip
    assert ("feast" in before, "feast" in after) == (False, True)
    assert ("stall_space" in before, "stall_space" in after) == (True, False)


@pytest.mark.parametrize("engine", [e for e in ENGINES if e != "forward"])
def test_every_engine_decides_by_the_edition_of_the_day(engine: str) -> None:
    for day in ("2022-04-30", "2022-05-01"):
        wanted = assess(CASE, amended().on(dt.date.fromisoformat(day)), day, engine="reference").to_dict()
        found = assess(CASE, amended(), day, engine=engine).to_dict()
        assert {**found, "decisions": _without_next(found)} == {**wanted, "decisions": _without_next(wanted)}


def _without_next(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [{k: v for k, v in d.items() if k != "next_change"} for d in answer["decisions"]]


def test_three_editions_follow_one_another() -> None:
    third = amended().amend("2023", "2023-01-01", parameters={"opening_gift.ceiling": 30_000})
    assert [e.edition for e in third.editions] == ["2021", "2022", "2023"]
    assert [edition(third, d) for d in ("2022-01-01", "2022-12-31", "2023-01-01")] == ["2021", "2022", "2023"]
    assert third.on(dt.date(2022, 6, 1)).whole is third


def test_a_lapse_decides_nothing_by_the_older_text() -> None:
    pack = amended(lapses=[GAP])
    answer = assess(CASE, pack, "2022-04-15", engine="reference")
    assert answer.to_dict()["edition"] == "2021（已失效）"
    assert {d.edition for d in answer.values()} == {"2021（已失效）"}
    assert {(d.outcome.value, d.reason and d.reason.value) for d in answer.decisions} <= {
        ("not_met", "not_in_force"), ("not_met", "not_applicable"),
    }  # fmt: skip
    assert "新办法未出" in answer["opening_gift"].explain()
    town = assess({"town": {"division": "77", "guild_count": 5}}, pack, "2022-04-15", engine="reference")
    assert town["town_guilds"].reason == "not_in_force"  # a target too, which has no test of force of its own


def test_before_the_first_and_after_the_last_day_nothing_is_in_force() -> None:
    pack = attrs.evolve(PACK, since="2022-01-01", until="2022-12-31")
    assert [edition(pack, d) for d in ("2021-12-31", "2022-01-01", "2022-12-31", "2023-01-01")] == [
        "2021（尚未施行）", "2021", "2021", "2021（已失效）",
    ]  # fmt: skip


def test_next_change_is_the_day_on_which_another_edition_decides_otherwise() -> None:
    answer = assess(CASE, amended(), "2022-03-01", engine="reference")
    assert answer["opening_gift"].next_change == dt.date(2022, 5, 1)  # another sum
    assert answer["stall_space"].next_change == dt.date(2022, 5, 1)  # repealed
    plain = assess(CASE, PACK, "2022-03-01", engine="reference")
    assert answer["registration"].next_change == plain["registration"].next_change


def test_a_comparison_of_packs_takes_the_edition_of_the_day() -> None:
    found = compare_packs(CASE, [amended()], "2022-05-01", engine="reference")
    assert found["toyland"].to_dict()["edition"] == "2022"


def test_readings_of_another_edition_may_be_chosen_and_hold_when_their_day_comes() -> None:
    settled = PACK.readings["first_audit"].settled("very_first", "新办法写明")
    pack = PACK.amend("2022", "2022-05-01", readings=[settled])
    assert assess(CASE, pack, "2022-05-01", engine="reference").to_dict()["readings"]["first_audit"] == "very_first"
    assert assess(CASE, pack, "2022-04-30", engine="reference").to_dict()["readings"]["first_audit"] is None
    file = CaseFile(pack, CASE, "2022-04-30", {"first_audit": "first_passed"}, engine="reference")
    file.advance("2022-05-01")
    assert file.answer.to_dict()["readings"]["first_audit"] == "first_passed"
    with pytest.raises(CaseError, match="first_pased"):
        assess(CASE, pack, "2022-05-01", {"first_audit": "first_pased"})


@pytest.mark.parametrize(("day", "wanted"), [("2022-04-10", "2021（已失效）"), ("2022-05-01", "2022")])
def test_a_decision_by_itself_says_which_edition_decided_it(day: str, wanted: str) -> None:
    answer = assess(CASE, amended(lapses=[GAP]), day, engine="reference")
    assert {d["edition"] for d in answer.to_dict()["decisions"]} == {wanted}  # type: ignore[attr-defined]
    gift = answer["opening_gift"]
    assert gift.to_dict()["edition"] == gift.edition == wanted
    assert f"- 版本：{wanted}\n" in gift.explain()
    assert f"- Edition: {wanted}\n" in gift.explain("en")


@pytest.mark.parametrize(
    ("day", "asked", "told"),
    [
        ("2022-05-01", "stall_space", ("2022", "has repealed `stall_space`", "2021")),
        ("2022-04-30", "feast", ("2021", "does not have `feast` yet", "2022")),
    ],
)
def test_a_provision_that_only_another_edition_has_is_told_so(day: str, asked: str, told: tuple[str, str, str]) -> None:
    here, lacks, other = told
    whole = (
        f"edition `{here}` of toyland, which decides on {day}, {lacks}; "
        f"ask of a day on which edition `{other}` decides, which has it"
    )
    with pytest.raises(KeyError) as raised:
        assess(CASE, amended(), day, engine="reference")[asked]
    assert raised.value.args == (whole,)
    with pytest.raises(CaseError) as refused:
        paths_to(CASE, amended(), asked, day)
    assert str(refused.value) == f"provision: {whole}"


@pytest.mark.parametrize("wrong", ["feest", "town_fair"])
def test_a_word_that_no_edition_has_about_the_case_is_told_with_the_nearest(wrong: str) -> None:
    with pytest.raises(KeyError, match=f"`{wrong}` is no provision of toyland about this case"):
        assess(CASE, amended(), "2022-05-01", engine="reference")[wrong]


# ------------------------------------------------------------------------------------------------ a living case


def test_a_case_file_crosses_into_another_edition() -> None:
    file = CaseFile(amended(), CASE, "2022-03-01", engine="reference")
    assert file.next_change == dt.date(2022, 4, 1) or file.next_change == dt.date(2022, 5, 1)
    changes = {c.provision: c for c in file.advance("2022-05-02") if c.as_of == "2022-05-01"}
    assert changes["opening_gift"].kinds == ("changed_amount",)
    assert changes["stall_space"].kinds == ("no_longer_met", "newly_not_met")
    assert changes["stall_space"].after["reason"] == "not_in_force"
    assert changes["feast"].kinds == ("newly_met",)
    assert changes["stall_space"].derivation["derivations"][0]["reason"] == "not_in_force"
    wanted = assess(CASE, amended(), "2022-05-02", engine="reference").to_dict()
    assert file.answer.to_dict() == wanted
    assert "stall_space" not in file.decisions


def test_a_payment_under_a_provision_that_is_gone_stays_one() -> None:
    pack = PACK.amend("2022", "2022-05-01", repeal={"flood_relief": "废止"})
    paid = {"guild": {**NEW, "payments": [{"provision": "flood_relief", "amount": "5", "paid_on": "2022-01-01"}]}}
    assert "flood_relief" not in assess(paid, pack, "2022-05-01", engine="reference")


# ---------------------------------------------------------------------------------------------------- mistakes


def test_editions_that_overlap_are_refused() -> None:
    old = attrs.evolve(PACK, until="2022-12-31")
    with pytest.raises(PackError, match="`2021` and `2022` overlap from 2022-05-01 to 2022-12-31"):
        old.amend("2022", "2022-05-01")


def test_days_of_which_nothing_is_said_are_refused_unless_declared_a_lapse() -> None:
    old = attrs.evolve(PACK, until="2022-03-31")
    with pytest.raises(PackError, match=r'nothing is said of the days from 2022-04-01; declare `lapse\("2022-04-01"'):
        old.amend("2022", "2022-05-01")
    assert edition(old.amend("2022", "2022-05-01", lapses=[GAP]), "2022-04-15") == "2021（已失效）"


@pytest.mark.parametrize("first", ["2022-04-01", "2022-05-01"])
def test_a_lapse_that_leaves_no_day_to_an_edition_is_refused(first: str) -> None:
    told = f"from {first} to 2022-05-31 leaves no day to `2022`, which is in force from 2022-05-01"
    with pytest.raises(PackError, match=told):
        amended().amend("2023", "2022-06-01", lapses=[lapse(first, "2022-05-31", "x")])


def test_a_lapse_may_leave_one_day_to_an_edition() -> None:
    pack = amended().amend("2023", "2022-06-01", lapses=[lapse("2022-05-02", "2022-05-31", "x")])
    assert [edition(pack, f"2022-05-0{d}") for d in (1, 2)] == ["2022", "2022（已失效）"]
    begins = [day for day, _ in pack.spans]
    assert begins == sorted(set(begins))


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda: amended().amend("2020", "2020-01-01"), "begin in the wrong order"),
        (lambda: PACK.amend("2021", "2022-05-01"), "2 editions are called `2021`"),
        (lambda: PACK.amend("2022", "2022-05-01", lapses=[lapse("2022-01-01", "2022-01-31", "x")]), "ends before no"),
        (lambda: attrs.evolve(PACK, earlier=PACK, edition="2022"), "does not say from when"),
        (lambda: PACK.amend("2022", "2022-05-01", until="2022-01-01"), "before it begins"),
        (lambda: PACK.amend("2022", "2022-13-01"), "`2022-13-01` is no day"),
        (lambda: lapse("2022-02-01", "2022-01-01", "x"), "write the first day"),
        (lambda: lapse("2022-01-01", "2022-02-01", " "), "says not why"),
    ],
)
def test_what_is_wrong_with_editions_is_told(made: Any, told: str) -> None:  # noqa: ANN401
    with pytest.raises(PackError, match=told):
        made()


# -------------------------------------------------------------------------------------------------------- hash


def test_every_edition_has_a_hash_of_what_it_decides() -> None:
    pack = amended()
    assert pack.editions[0].content_hash == PACK.content_hash
    assert pack.on(dt.date(2022, 1, 1)).content_hash == PACK.content_hash
    assert len({pack.content_hash, PACK.content_hash, pack.on(dt.date(2022, 6, 1)).content_hash}) == 3
    assert amended(lapses=[GAP]).content_hash != pack.content_hash


def test_the_hash_is_alike_in_another_process_and_without_what_decides_nothing() -> None:
    code = "from socorg_rules import load_pack; print(load_pack('yangpu').content_hash)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    yangpu = load_pack("yangpu")
    assert done.stdout.strip() == yangpu.content_hash
    renamed = attrs.evolve(
        yangpu, title="另名", provisions=tuple(attrs.evolve(p, title="另名") for p in reversed(yangpu.provisions))
    )
    assert renamed.content_hash == yangpu.content_hash


def test_the_hash_covers_defaults_of_readings_and_every_number() -> None:
    other = PACK.changed(readings=[PACK.readings["two_years"].settled("anniversary", "x")])
    assert other.content_hash != PACK.content_hash
    assert plan_form(other.plans["opening_gift"]) == plan_form(PACK.plans["opening_gift"])


def test_a_file_may_hold_a_pack_and_its_amendments(tmp_path: Path) -> None:
    source = (Path(__file__).parent / "packs" / "riverside.py").read_text("utf-8")
    file = tmp_path / "riverside.py"
    file.write_text(source + '\nPACK_2024 = PACK.amend("2024", "2024-01-01")\n', "utf-8")
    assert [e.edition for e in load_pack(file).editions] == ["2020", "2024"]


def test_a_lapse_tells_itself_as_plain_data() -> None:
    assert Lapse(dt.date(2022, 4, 1), dt.date(2022, 4, 30), "x").to_dict() == {
        "first": "2022-04-01", "last": "2022-04-30", "because": "x",
    }  # fmt: skip
