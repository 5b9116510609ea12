"""A pack of a fictional harbour, with named conditions that a declared change can speak of."""

from socorg_rules.calendar import years
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import ONCE, ONCE_PER_ITEM, Grant, Support, exactly, up_to
from socorg_rules.refs import root
from socorg_rules.vocabulary import Organization
from socorg_rules.words import AS_OF, after, condition, yuan

organization = root(Organization)
honour = organization.honours.each

registered = condition("registered", "已登记", organization.status == "registered")
young = condition("young", "成立不足三年", AS_OF <= after(organization.established_on, years(3)))
of_the_city = condition("of_the_city", "是市级荣誉", honour.level == "市级")

PACK = Pack(
    id="harbour",
    title="港湾区社会组织扶持办法",
    edition="2020",
    source=Source(
        "港湾区扶持办法",
        "港湾区民政局",
        "港民〔2020〕2号",
        "2020-01-01",
        (Clause("一", "开办补贴"), Clause("二", "荣誉奖励"), Clause("三", "孵化场地")),
    ),
    reach=(organization.division.within("99"),),
    provisions=(
        Grant("opening", "开办补贴", clause="一", when=registered & young, amount=up_to(yuan(1000)), terms=ONCE),
        Grant(
            "honour",
            "荣誉奖励",
            clause="二",
            each=honour,
            when=registered & of_the_city,
            amount=exactly(yuan(500)),
            terms=ONCE_PER_ITEM,
        ),
        Support("space", "孵化场地", clause="三", when=young, result="工位"),
    ),
)
