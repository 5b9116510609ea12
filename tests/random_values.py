"""The few values that random packs compare with and random cases are made of, so that tests are often at them."""

from toyland_facts import Guild

from socorg_rules.facts import money, own_facts, yes_no

DAYS = ("2020-02-29", "2021-12-31", "2022-01-01", "2022-02-28", "2022-03-01", "2022-03-31", "2022-05-15", "2022-07-01")
MONTHS = ("2021-12", "2022-02", "2022-03", "2022-05")
YEARS = (2021, 2022, 2023)
NUMBERS = (0, 1, 2, 3)
SHARES = ("0", "0.5", "1")
SUMS = ("0", "0.01", "1", "33.33", "100")
DIVISIONS = ("77", "7701", "770100", "7702", "78")
TEXTS = ("木工", "铁工", "织布", "金", "甲")

OWN = own_facts("random", Guild, keeps_toll_bridge=yes_no("守收费桥"), toll=money("过桥费"))
"""What the random packs may declare for themselves; each carries what it reads."""
