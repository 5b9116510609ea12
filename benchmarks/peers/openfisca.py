"""The same job on OpenFisca-Core: variables over arrays, for one case or for many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from job import AS_OF_DAY, EFFECT, GRADES, HONOURS, NEW_FROM, Row
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

MONTH = AS_OF_DAY.strftime("%Y-%m")
Applicant = build_entity(key="applicant", plural="applicants", label="申请组织", is_person=True)
INPUTS = {
    "here": bool,
    "established": int,
    "passed": bool,
    "opening_paid": bool,
    "monthly_rent": int,
    "award": int,
    "grade_paid": int,
    "honour": int,
    "honoured": int,
    "leading_talent": bool,
    "months_paid": int,
    "project_selected": bool,
    "project_cost": int,
}


def new(a: Any, p: Any) -> Any:  # noqa: ANN401
    """Under two years, with a first inspection passed."""
    return a("here", p) * (a("established", p) >= NEW_FROM.toordinal()) * a("passed", p)


FORMULAS = {
    "opening_max": lambda a, p: new(a, p) * ~a("opening_paid", p) * 10_000,
    "rent_max": lambda a, p: new(a, p) * np.minimum(a("monthly_rent", p), 500),
    "grade_sum": lambda a, p: a("here", p) * np.maximum(a("award", p) - a("grade_paid", p), 0),
    "honour_sum": lambda a, p: a("here", p) * (a("honoured", p) >= EFFECT.toordinal()) * a("honour", p),
    "salary": lambda a, p: a("here", p) * a("leading_talent", p) * (a("months_paid", p) < 24),
    "project_max": lambda a, p: a("here", p) * a("project_selected", p) * np.minimum(a("project_cost", p) // 2, 50_000),
}


def system() -> TaxBenefitSystem:
    """The six benefits as a tax and benefit system."""
    made = TaxBenefitSystem([Applicant])
    for name, kind in INPUTS.items():
        body = {"value_type": kind, "entity": Applicant, "definition_period": DateUnit.MONTH, "label": name}
        made.add_variable(type(name, (Variable,), body))
    for name, formula in FORMULAS.items():
        body = {
            "value_type": int,
            "entity": Applicant,
            "definition_period": DateUnit.MONTH,
            "label": name,
            "formula": lambda a, p, parameters, formula=formula: formula(a, p),  # noqa: ARG005
        }
        made.add_variable(type(name, (Variable,), body))
    return made


_DAYS = {"established": "established_on", "honoured": "honoured_on"}
"""The inputs that are numbers of days, and the facts they are made of."""


def inputs(rows: Sequence[Row]) -> dict[str, Any]:
    """The columns that the formulas read."""
    columns = {
        "here": [r["status"] == "registered" and r["division"].startswith("310110") for r in rows],
        "passed": [r["first_inspection"] == "合格" for r in rows],
        "award": [GRADES.get(r["grade"], 0) for r in rows],
        "honour": [HONOURS.get(r["honour_level"], 0) for r in rows],
        **{name: np.array([r[of] for r in rows], "datetime64[D]").astype(int) + 719_163 for name, of in _DAYS.items()},
    }
    return {n: np.asarray(columns.get(n, None if n in columns else [r[n] for r in rows])) for n in INPUTS}


def columns_of(arrays: dict[str, Any]) -> dict[str, Any]:
    """The columns that the formulas read, from arrays of a whole table whose texts are compared already."""
    days = {name: arrays[of].astype("datetime64[D]").astype(int) + 719_163 for name, of in _DAYS.items()}
    return {name: np.asarray(days.get(name, arrays.get(name))) for name in INPUTS}


def decide_all(made: TaxBenefitSystem, columns: dict[str, Any], *, trace: bool = False) -> list[tuple[Any, Any]]:
    """For each benefit the least and the most, for all rows."""
    simulation = SimulationBuilder().build_default_simulation(made, count=len(columns["here"]))
    simulation.trace = trace
    for name, column in columns.items():
        simulation.set_input(name, MONTH, column)
    found = {name: simulation.calculate(name, MONTH) for name in FORMULAS}
    none = np.zeros_like(found["grade_sum"])
    return [
        (none, found["opening_max"]),
        (none, found["rent_max"]),
        (found["grade_sum"], found["grade_sum"]),
        (found["honour_sum"], found["honour_sum"]),
        (found["salary"] * 800, found["salary"] * 2_000),
        (none, found["project_max"]),
    ]
