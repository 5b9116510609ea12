"""A pack of a fictional district, small enough to compare all that the command line says of it."""

from socorg_rules.facts import own_facts, yes_no
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import ONCE, Grant, Qualification, up_to
from socorg_rules.reading import reading
from socorg_rules.refs import root
from socorg_rules.vocabulary import Organization
from socorg_rules.words import choose, text_gap, yuan

organization = root(Organization)
OWN = own_facts("riverside", Organization, keeps_ferry=yes_no("经营渡船"))
ferry = organization.own(OWN).keeps_ferry

BANK = reading(
    "bank",
    "两岸是否均属本区？",
    "Do both banks belong to the district?",
    clause="一",
    default="both",
    because="渡船往返两岸",
    both=("两岸", "both banks"),
    north=("仅北岸", "the north bank only"),
)

PACK = Pack(
    id="riverside",
    title="河畔区社会组织扶持办法",
    edition="2020",
    source=Source(
        "河畔区扶持办法",
        "河畔区民政局",
        "河民〔2020〕1号",
        "2020-01-01",
        (
            Clause("一", "渡船补贴"),
            Clause("二", "荣誉名册"),
            Clause("三", "其他支持", open="其他支持包括什么？"),
            Clause("四", "解释机关", none="只说明由谁解释"),
        ),
    ),
    reach=(choose(BANK, both=organization.division.within("99"), north=organization.division.within("9901")),),
    own=(OWN,),
    provisions=(
        Grant("ferry_subsidy", "渡船补贴", clause="一", when=ferry, amount=up_to(yuan(1000)), terms=ONCE),
        Qualification(
            "honour_roll",
            "荣誉名册",
            clause="二",
            when=organization.has_outstanding_results,
            gaps=(text_gap("roll_size", "名册收录多少家？", "How many does the roll list?"),),
        ),
    ),
)
