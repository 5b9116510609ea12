"""Ventures (三(三)1), prizes of contests (三(三)2) and honours of one name, as the tests of both clauses give them."""

from yangpu_cases import Facts, ask, told

TOGETHER = {"cap_unit": "per_organization_and_year"}
WON = "met, 40000"


def amounts(budget: object, contract: object = None, audited: object = None) -> Facts:
    return {"amount": budget, "contract_amount": contract or budget, "audited_amount": audited or budget}


VENTURE = {"name": "项目", "is_selected": True, "selected_on": "2023-02-01", **amounts(80_000)}
PRIZE = {
    "name": "项目",
    "level": "市级",
    "prize": "一等奖",
    "awarded_on": "2023-02-01",
    "project_amount": 80_000,
    "service_division": "310110",
    "clients_division": "310110",
}
HONOUR = {"name": "项目", "level": "市级", "holder": "organization", "awarded_on": "2023-02-01"}


def match(**facts: object) -> str:
    line = told(ask("venture_match", **facts))
    return line.removesuffix("; gaps project_amount_match")


def subsidy(**facts: object) -> str:
    line = told(ask("contest_subsidy", **{"ventures": [], **facts}))
    return line.removesuffix("; gaps project_amount_match service_scope_extent")


def ventures(*projects: Facts) -> Facts:
    return {"ventures": [{**VENTURE, "name": str(i), **p} for i, p in enumerate(projects)]}


def prizes(*projects: Facts) -> Facts:
    return {"contest_awards": [{**PRIZE, "name": str(i), **p} for i, p in enumerate(projects)]}
