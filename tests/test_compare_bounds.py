"""What a proof reaches: payments under other provisions, and as many items as the numbers in a text need."""

from __future__ import annotations

import attrs
import pytest
from toyland import PACK, guild

from socorg_rules import Pack, compare
from socorg_rules.change import settling
from socorg_rules.change.order import Verdict
from socorg_rules.expr import Expr


def with_test(provision: str, further: Expr, pack: Pack = PACK) -> Pack:
    """A pack with one more condition of a provision."""
    p = pack.plans[provision].provision
    return pack.changed(replace=[attrs.evolve(p, when=p.when & further)])


OTHERS = {
    "none under one": ~guild.payments.any(lambda p: p.provision == "badge_prize"),
    "none under one of two names": ~guild.payments.any(lambda p: p.provision.is_in(["nought", "toyland.badge_prize"])),
    "none but its own": guild.payments.all(lambda p: p.provision == "opening_gift"),
}


@pytest.mark.parametrize("further", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("solver", [True, False], ids=["solver", "search"])
def test_a_payment_under_another_provision_that_a_text_asks_about_is_found(
    further: Expr, *, solver: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not solver:
        monkeypatch.setattr(settling, "installed", lambda: False)
    found = compare(PACK, with_test("opening_gift", further), "2022-05-01")["opening_gift"]
    assert found.verdict is Verdict.STRICTER
    assert all("payments" in w.case.to_dict()["guild"] for w in found.witnesses)  # type: ignore[operator]
