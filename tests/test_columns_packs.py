"""The columns engine finds what the reference finds of all real packs and all their root entities."""

from __future__ import annotations

from random import Random

import pytest
from columns_agree import agreed, real_batch

from socorg_rules import load_pack, packs
from socorg_rules.facts import EntityType

ROOTS = [(name, root) for name in packs() for root in load_pack(name).roots]


@pytest.mark.parametrize(("name", "root"), ROOTS, ids=[f"{n}-{r.name}" for n, r in ROOTS])
def test_random_cases_of_every_pack_are_decided_alike_in_tables(name: str, root: EntityType) -> None:
    for seed in range(2):
        found = agreed(real_batch(Random(seed), load_pack(name), root))  # noqa: S311 - no secret
        assert found.decisions > 20
