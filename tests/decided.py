"""A provision decided on in one line, of Toyland or of a pack of its own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from engines_agree import assess
from toyland import PACK, Guild, Town

from socorg_rules.answer import Decision
from socorg_rules.decision import Outcome
from socorg_rules.money import Amount
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.refs import root

MET, DISCRETIONARY, UNDETERMINED, NOT_MET = Outcome.MET, Outcome.DISCRETIONARY, Outcome.UNDETERMINED, Outcome.NOT_MET
HERE = {"status": "registered", "division": "770105", "founded_on": "2020-06-01"}
NEW = {**HERE, "audits": [{"year": 2020, "result": "合格"}], "payments": []}
Facts = Mapping[str, Any]
guild = root(Guild)
town = root(Town)


def decided(
    provision: str,
    as_of: str = "2022-03-01",
    readings: dict[str, str | None] | None = None,
    **facts: Any,  # noqa: ANN401 - as in a case file
) -> Decision:
    return assess({"guild": {**HERE, **facts}}, PACK, as_of, readings)[provision]


def of_town(provision: str, as_of: str = "2022-03-01", **facts: Any) -> Decision:  # noqa: ANN401
    return assess({"town": {"division": "7701", **facts}}, PACK, as_of)[provision]


def yuan_range(low: str, high: str | None, per: str = "once") -> Amount:
    return Amount(Decimal(low), None if high is None else Decimal(high), per)  # type: ignore[arg-type]


def one(provision: Any, facts: Facts, as_of: str = "2022-03-01", **changes: Any) -> Decision:  # noqa: ANN401
    """The decision on the only provision of a pack."""
    reach = guild.division.within("77")
    source = Source("试", "某", "1", "2021-01-01", (Clause("一", "甲"),))
    pack = Pack("test", "试", "1", source, (provision,), reach=(reach,), **changes)
    return assess({"guild": {"division": "7701", **facts}}, pack, as_of)[provision.id]


def badges(*grades: str) -> list[dict[str, str]]:
    return [{"name": f"{g}章", "grade": g, "awarded_on": "2022-01-01"} for g in grades]


def paid(provision: str, amount: object = 1, **more: object) -> dict[str, object]:
    return {"provision": provision, "amount": amount, **more}


def stall(**more: object) -> dict[str, object]:
    return {"name": "甲", "is_open": True, "rent": 200, "opened_on": "2021-08-01", **more}


TAUGHT = stall(apprentices=[{"age": 14}])
