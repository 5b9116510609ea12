"""Hainan: the province's action plan 2021-2023 for community social organizations, 琼民通〔2021〕34号.

In force since it was issued on 2021-05-26. Each provision stands in the order of the document, its readings before it;
`SOURCE` accounts for every numbered clause. The plan grants no figure: what it gives are ways to registration and
filing, support in kind or in money of an unsaid sum, duties, and the ways out.
"""

from __future__ import annotations

from socorg_rules.expr import ALWAYS, IMPOSSIBLE, Expr, all_of, any_of
from socorg_rules.pack import Clause, Known, Pack, Source
from socorg_rules.provision import (
    Duty,
    Grant,
    Measure,
    Qualification,
    Route,
    Sanction,
    Standard,
    Support,
    Target,
    no_figure,
)
from socorg_rules.reading import reading
from socorg_rules.refs import Ref, root
from socorg_rules.vocabulary import Community, Jurisdiction, Organization
from socorg_rules.words import (
    AS_OF,
    choose,
    condition,
    day,
    if_else,
    larger_of,
    presumed,
    rate,
    smaller_of,
    stated_or,
    table,
    text_gap,
    untested,
)

HAINAN = "460000"  # since the province was founded; no other code has stood for it
THE_PROVINCE_ITSELF = ("46", "4600", "460000", "460000000", "460000000000")
HAIKOU_OR_SANYA = ("4601", "460100", "460100000", "460100000000", "4602", "460200", "460200000", "460200000000")
EFFECT = day("2021-05-26")
END_OF_ACTION = day("2023-12-31")

organization = root(Organization)
jurisdiction = root(Jurisdiction)
community = root(Community)

# ------------------------------------------------------------------------------------------- the document

SOURCE = Source(
    title="海南省培育发展社区社会组织专项行动实施方案(2021-2023年)",
    authority="海南省民政厅",
    number="琼民通〔2021〕34号",
    issued_on="2021-05-26",
    clauses=(
        Clause("一", "总体目标", none="只述宗旨与三年的方向，没有可检验的条件或数量"),
        Clause("二", "专项行动的起止与三个阶段"),
        Clause("二(一)", "培育发展阶段与试点市"),
        Clause("二(二)", "能力提升阶段与试点评估"),
        Clause(
            "二(三)",
            "示范引领阶段",
            open="“一批”示范型组织是多少家、由谁按什么标准认定，未写明，评选无从检验",
        ),
        Clause("三", "主要任务", none="部分标题"),
        Clause("三(一)", "培育发展计划", none="标题之外只有“结构优化、能力增强”的预期，没有衡量的尺度"),
        Clause("三(一)1", "压实工作责任"),
        Clause("三(一)2", "明确培育重点"),
        Clause("三(一)3", "降低准入门槛"),
        Clause("三(一)4", "政策与资金扶持"),
        Clause("三(一)5", "支持平台、闲置用房与枢纽服务"),
        Clause("三(二)", "能力提升计划", none="标题之外只有居民感知、认可提升的预期，没有衡量的尺度"),
        Clause("三(二)6", "人才队伍"),
        Clause("三(二)7", "自身能力建设", none="推动、指导章程、品牌、项目开发，均为工作方法，不对组织设条件"),
        Clause("三(二)8", "促进作用发挥", none="列举四类主题活动，只作引导，参加与否没有条件和后果"),
        Clause(
            "三(二)9",
            "五社联动与社区慈善",
            open="“三个一批”各是多少、慈善组织何时覆盖到每个村（社区）、怎样算覆盖，均未写明",
        ),
        Clause("三(三)", "规范管理计划", none="标题之外只有工作机制成熟的预期，没有衡量的尺度"),
        Clause("三(三)10", "党建责任"),
        Clause("三(三)11", "分类登记、备案与报告"),
        Clause("三(三)12", "退出机制"),
        Clause("四", "保障措施", none="部分标题"),
        Clause("四(一)", "加强组织领导", none="厅内各处与市县民政部门的分工，没有门槛或期限"),
        Clause("四(二)", "加强工作指导"),
        Clause("四(三)", "典型引领与统计", none="统计与宣传的内部工作，没有门槛或期限"),
    ),
)

# ----------------------------------------------------------------------------------------- reach and force

PERIOD_END = reading(
    "period_end",
    "专项行动到2023年12月为止：此后哪些规定仍然适用？",
    "The action ends in December 2023: what still applies afterwards?",
    clause="二",
    default="goals_only",
    because="届满的是行动的阶段与目标；文件现行有效，没有规定其余内容失效",
    goals_only=("只有阶段任务与目标届满，其余继续", "only stages and targets end, the rest runs on"),
    cultivation_too=(
        "培育、扶持（三(一)、三(二)）也终止，规范管理（三(三)）继续",
        "measures of cultivation and support end too, those of management run on",
    ),
    whole_plan=("全部于2023年底终止", "everything ends with 2023"),
)
STAGE_DATES = reading(
    "stage_dates",
    "“从2021年5月”指5月1日起，还是印发之日起？",
    "Does the action begin on 1 May 2021 or on the day the plan was issued?",
    clause="二",
    default=None,
    because="文本只写到月，印发之日是5月26日",
    first_of_may=("5月1日起", "on 1 May"),
    day_of_issue=("5月26日印发之日起", "on 26 May, when it was issued"),
)
STAGE_DATES_FOCUS = reading(
    "stage_dates_focus",
    "“时间集中在2022年”是否排除在此之前完成的评估？",
    "Does a stage that is concentrated in 2022 exclude an evaluation completed before?",
    clause="二(二)",
    default="not_exclusive",
    because="“集中在”只说重心，不说此外无效",
    not_exclusive=("不排除", "no"),
    stage_only=("须在当年进行", "it must lie in that year"),
)

in_time = AS_OF <= END_OF_ACTION
since_effect = AS_OF >= EFFECT
cultivation_in_force = condition(
    "cultivation_in_force",
    "培育、扶持措施在施行期内",
    since_effect & choose(PERIOD_END, goals_only=ALWAYS, cultivation_too=in_time, whole_plan=in_time),
    clause="二",
)
management_in_force = condition(
    "management_in_force",
    "管理规定在施行期内",
    since_effect & choose(PERIOD_END, goals_only=ALWAYS, cultivation_too=ALWAYS, whole_plan=in_time),
    clause="二",
)
start_of_action = choose(STAGE_DATES, first_of_may=day("2021-05-01"), day_of_issue=EFFECT)
in_action_period = condition("in_action_period", "在专项行动期间", (start_of_action <= AS_OF) & in_time, clause="二")
issued = condition("issued", "文件已经印发", since_effect)

DUAL_STATUS = reading(
    "dual_status",
    "只备案、未登记的组织是否也享受对“社区社会组织”的扶持？",
    "Do organizations that are filed and not registered share in the support of community organizations?",
    clause="三(三)11",
    default="both",
    because="第5项、第11项都把备案的组织称作社区社会组织",
    both=("登记的、备案的都享受", "registered and filed ones"),
    registered_only=("只限已登记的", "registered ones only"),
)

in_hainan = condition("in_hainan", "在海南省", organization.division.within(HAINAN))
is_community_organization = condition(
    "is_community_organization", "是社区社会组织", organization.is_community_organization
)
# Whoever is registered has been established, unless the case gives a later day.
is_registered = condition(
    "is_registered", "已经登记", (organization.status == "registered") & presumed(organization.established_on <= AS_OF)
)
is_filed = condition("is_filed", "已经备案", organization.status == "filed")
community_organization_here = in_hainan & is_community_organization
not_yet_registered = condition(
    "not_yet_registered", "拟设立或已备案、尚未登记", organization.status.is_in(["planned", "filed"])
)
may_be_supported = condition(
    "may_be_supported",
    "属于受扶持的组织",
    is_registered | (is_filed & choose(DUAL_STATUS, both=ALWAYS, registered_only=IMPOSSIBLE)),
)
seeks_here = community_organization_here & not_yet_registered
supported_here = community_organization_here & may_be_supported
exists_here = community_organization_here & (is_registered | is_filed)
registered_here = community_organization_here & is_registered
filed_here = community_organization_here & is_filed

jurisdiction_in_hainan = condition("jurisdiction_in_hainan", "在海南省", jurisdiction.division.within(HAINAN))
is_city_or_county = condition(
    "is_city_or_county",
    "是海南省的市、县、区",
    all_of(
        jurisdiction_in_hainan,
        ~jurisdiction.division.is_in(THE_PROVINCE_ITSELF),
        presumed(jurisdiction.level.is_in(["city", "district", "county"])),
    ),
)
is_the_province = condition(
    "is_the_province",
    "是海南省本级",
    jurisdiction.division.is_in(THE_PROVINCE_ITSELF) & presumed(jurisdiction.level == "province"),
)
is_pilot = condition("is_pilot", "是海口市或三亚市", jurisdiction.division.is_in(HAIKOU_OR_SANYA))


def active_in(*fields: str) -> Expr:
    """Whether an organization is active in one of these fields; a category without 类 counts as a field."""
    named = (organization.fields.contains(field) for field in fields)
    return any_of(organization.category.is_in([f"{field}类" for field in fields]), *named)


# ------------------------------------------------------------------------ 二 the pilots and their evaluation

pilot_city = Qualification(
    "pilot_city",
    "规范化、专业化、制度化建设试点",
    clause="二(一)",
    reach=is_city_or_county,
    force=in_action_period,
    when=is_pilot,
    result="列为示范点试点",
)
pilot_evaluation = Duty(
    "pilot_evaluation",
    "试点评估",
    clause="二(二)",
    reach=is_the_province | is_pilot,
    force=issued,
    when=all_of(
        condition("evaluated", "试点已经评估", jurisdiction.pilot_evaluated_on <= AS_OF),
        condition("evaluated_in_time", "在2022年底前评估", jurisdiction.pilot_evaluated_on <= day("2022-12-31")),
        condition(
            "evaluated_in_stage",
            "评估不早于应评估的时间",
            jurisdiction.pilot_evaluated_on
            >= choose(STAGE_DATES_FOCUS, not_exclusive=start_of_action, stage_only=day("2022-01-01")),
        ),
    ),
    who="省民政厅",
    action="评估海口、三亚两个试点市，总结并推广经验",
    due=day("2022-12-31"),
)

# ------------------------------------------------------------------ 三(一)1, 2 the counties' part, and priorities

performance_review = Duty(
    "performance_review",
    "纳入绩效考核与综治考评",
    clause="三(一)1",
    reach=is_city_or_county,
    when=all_of(
        condition("in_performance_review", "已纳入基层政府绩效考核", jurisdiction.in_performance_review),
        condition("in_security_review", "已纳入社会治安综合治理考评", jurisdiction.in_security_review),
    ),
    who="市县民政部门",
    action="争取把社区社会组织发展和管理列入基层政府绩效考核与社会治安综合治理考评",
)

PRIORITY_EFFECT_FIELDS = reading(
    "priority_effect_fields",
    "培育重点所列领域之后的“等”是否包括其他领域？",
    "Does the “etc.” after the fields of priority admit other fields?",
    clause="三(一)2",
    default=None,
    because="“等”可表列举未尽，也可表列举已尽",
    named_only=("只限所列领域", "the fields named only"),
    others_too=("也包括其他领域", "others too"),
)
is_charity = active_in("公益慈善")
KEY_SERVICES = ("家庭", "健康", "养老", "育幼", "志愿", "维权")
key_field = condition(
    "key_field",
    "属重点培育的领域",
    active_in("社会工作", *(name for service in KEY_SERVICES for name in (service, f"{service}服务"))),
)
rural_charity = condition("rural_charity", "是有乡村振兴功能的慈善组织，属优先培育", is_charity & active_in("乡村振兴"))
encouraged_charity = condition(
    "encouraged_charity",
    "是普遍关注领域的慈善组织，属鼓励发展",
    is_charity & active_in("特殊群体救助", "环境保护", "公共卫生"),
)
culture_and_sport = condition("culture_and_sport", "属文体娱乐，引导成立", active_in("文体娱乐"))
rural_field = condition(
    "rural_field",
    "是服务农业农村的农村组织，属积极培育",
    organization.is_rural
    & active_in("农业技术推广", "生产经营", "乡村产业发展", "乡村产业发展服务", "乡村生态环境保护"),
)
cultivation_priority = Qualification(
    "cultivation_priority",
    "培育重点",
    clause="三(一)2",
    reach=community_organization_here & (not_yet_registered | is_registered),
    when=choose(
        PRIORITY_EFFECT_FIELDS,
        named_only=any_of(key_field, rural_charity, encouraged_charity, culture_and_sport, rural_field),
        others_too=ALWAYS,
    ),
    discretion="重点、优先、鼓励、引导、积极培育",
    gaps=(
        text_gap(
            "priority_effect",
            "重点、优先、鼓励之间如何排序，对组织有何实际效果，文本未写明",
            "How key, preferred and encouraged fields rank, and what follows for an organization, is not said",
        ),
    ),
)

# ----------------------------------------------------------------- 三(一)3 lower threshold, direct registration

THRESHOLD_FIELDS = reading(
    "threshold_fields",
    "降低门槛的六个领域之后的“等”是否包括其他领域？",
    "Does the “etc.” after the six fields of the lowered threshold admit other fields?",
    clause="三(一)3",
    default=None,
    because="“等”可表列举未尽，也可表列举已尽",
    named_only=("只限六个领域", "the six fields only"),
    others_too=("也包括其他领域", "others too"),
)
DIRECT_ROUTE_SCOPE = reading(
    "direct_route_scope",
    "只有在社区内活动的城乡社区服务类组织可以直接登记，还是降低门槛的六个领域也可以？",
    "May only community-service organizations register directly, or those of the six fields too?",
    clause="三(一)3",
    default="community_services_only",
    because="直接登记一句自有主语，只说城乡社区服务类",
    community_services_only=("只限城乡社区服务类", "community-service organizations only"),
    six_fields_too=("六个领域也可以", "those of the six fields too"),
)
DIRECT_ROUTE_SCOPE_SUPERVISOR = reading(
    "direct_route_scope_supervisor",
    "“直接”是否免去业务主管单位？",
    "Does registering directly do without a supervising unit?",
    clause="三(一)3",
    default="not_needed",
    because="直接向民政部门申请，即不经业务主管单位审查",
    not_needed=("不需要业务主管单位", "no supervising unit is needed"),
    still_needed=("仍须有业务主管单位", "one is needed all the same"),
)
in_threshold_field = condition(
    "in_threshold_field",
    "活动属降低门槛的领域",
    choose(
        THRESHOLD_FIELDS,
        named_only=active_in("为民服务", "养老照护", "公益慈善", "促进和谐", "文体娱乐", "农村生产技术服务"),
        others_too=ALWAYS,
    ),
)
threshold_lowering = Route(
    "threshold_lowering",
    "降低准入门槛",
    clause="三(一)3",
    reach=seeks_here,
    when=all_of(
        in_threshold_field,
        condition(
            "meets_lowered_threshold",
            "达到降低后的门槛",
            untested(
                text_gap(
                    "threshold",
                    "降低哪一项门槛（注册资金、会员数、场所）、降到多少，文本未写明",
                    "Which threshold is lowered (capital, members, premises), and to what, is not said",
                )
            ),
        ),
    ),
)
direct_registration = Route(
    "direct_registration",
    "直接登记",
    clause="三(一)3",
    reach=in_hainan & not_yet_registered,
    when=all_of(
        condition(
            "in_direct_scope",
            "属可以直接登记的组织",
            any_of(
                active_in("城乡社区服务") & organization.is_active_within_community,
                choose(
                    DIRECT_ROUTE_SCOPE,
                    community_services_only=IMPOSSIBLE,
                    six_fields_too=is_community_organization & in_threshold_field,
                ),
            ),
        ),
        condition(
            "supervising_unit_settled",
            "业务主管单位的要求已满足",
            choose(DIRECT_ROUTE_SCOPE_SUPERVISOR, not_needed=ALWAYS, still_needed=organization.has_supervising_unit),
        ),
    ),
    result="直接向县级民政部门申请登记；审查时，民政部门视需要征求意见或请专家评估",
)

# ------------------------------------------------------------------------------ 三(一)4, 5 money and space

MEANS = text_gap(
    "means_test",
    "“有条件”由谁判断、有何标准，未写明",
    "Who judges whether there are the means, and by what, is not said",
)
LOTTERY_THEMES = reading(
    "lottery_themes",
    "扶老、助残、救孤、济困之后的“等”是否包括其他主题的服务项目？",
    "Does the “etc.” after the four themes admit service projects of another theme?",
    clause="三(一)4",
    default=None,
    because="“等”可表列举未尽，也可表列举已尽",
    named_only=("只限四个主题", "the four themes only"),
    others_too=("其他主题也可", "other themes too"),
)
LOTTERY_RIGHT = reading(
    "lottery_right",
    "“要支持资助”只约束福彩公益金的使用，还是组织可以要求资助？",
    "Does the clause only bind the fund, or may an organization claim the money?",
    clause="三(一)4",
    default="binds_the_fund",
    because="主语是福利彩票公益金，没有给组织以请求权",
    binds_the_fund=("只约束公益金的使用，是否资助某项目由主管部门定", "it binds the fund; the authority chooses"),
    individual_right=("符合的项目都应资助", "every such project is to be funded"),
)
LOTTERY_PAYEE = reading(
    "lottery_payee",
    "备案的组织没有法人资格，资助款付给它本身，还是经枢纽型组织代管？",
    "Is a filed organization, which is no legal person, paid itself or through a hub organization?",
    clause="三(一)4",
    default=None,
    because="第4项未说付给谁，第5项只说探索由枢纽型组织代管资金",
    itself=("付给组织本身", "the organization itself"),
    through_hub=("经枢纽型组织代管", "through a hub organization"),
)
PAID_ITSELF, PAID_THROUGH_HUB = "资助款付给组织本身", "资助款由枢纽型社区社会组织代管"
lottery_support = Grant(
    "lottery_support",
    "福彩公益金资助",
    clause="三(一)4",
    reach=supported_here,
    when=condition(
        "lottery_theme",
        "申请资助的服务项目属于扶持的主题",
        choose(
            LOTTERY_THEMES,
            named_only=organization.requests_lottery_theme.is_in(["扶老", "助残", "救孤", "济困"]),
            others_too=organization.requests_lottery_theme != "无",
        ),
    ),
    discretion=choose(LOTTERY_RIGHT, binds_the_fund=ALWAYS, individual_right=IMPOSSIBLE),
    amount=no_figure(text_gap("lottery_amount", "资助多少，文本未写明", "The text gives no figure")),
    result=if_else(
        organization.status == "filed",
        choose(LOTTERY_PAYEE, itself=PAID_ITSELF, through_hub=PAID_THROUGH_HUB),
        PAID_ITSELF,
    ),
)

has_means = condition("has_means", "有条件", jurisdiction.has_means)
venture_funds = Grant(
    "venture_funds",
    "公益创投扶持资金",
    clause="三(一)4",
    reach=is_city_or_county,
    when=has_means,
    discretion="有条件的市县（区）可按实际安排",
    amount=no_figure(text_gap("venture_amount", "安排多少资金，文本未写明", "The text gives no figure")),
    result="以公益创投资金支持社区社会组织的项目",
    gaps=(MEANS,),
)
incubation_funds = Grant(
    "incubation_funds",
    "孵化培育资金与基地",
    clause="三(一)5",
    reach=is_city_or_county,
    when=has_means,
    discretion="有条件的市县（区）可探索",
    amount=no_figure(text_gap("incubation_amount", "设立多少资金，文本未写明", "The text gives no figure")),
    result="以专项资金和场地孵化社区社会组织",
    gaps=(MEANS,),
)
hub_services = Support(
    "hub_services",
    "枢纽型组织的服务",
    clause="三(一)5",
    reach=filed_here,  # whoever is registered is a legal person, whoever is only filed is none
    discretion="探索由枢纽型社区社会组织向不具备法人资格的提供",
    result="资源支持、项目承接、资金代管、人员培训",
)
idle_premises = Support(
    "idle_premises",
    "闲置用房优惠使用",
    clause="三(一)5",
    reach=supported_here,
    when=condition(
        "idle_public_premises",
        "为公益活动使用国有或集体所有的闲置用房",
        organization.uses_premises == "idle_public",
    ),
    discretion="鼓励提供",
    result="无偿或以其他优惠方式使用闲置的国有、集体用房",
)
committee_support = Grant(
    "committee_support",
    "村（居）委会的经费与场地支持",
    clause="三(一)5",
    reach=supported_here,
    when=all_of(
        condition("is_charitable", "开展公益慈善类服务活动", is_charity),
        condition("committee_has_means", "所在村（居）委会有条件", organization.committee_has_means),
    ),
    discretion="有条件的村（居）委会可给予",
    amount=no_figure(text_gap("committee_amount", "给予多少经费，文本未写明", "The text gives no figure")),
    result="经费和服务场地",
    gaps=(MEANS,),
)

# ------------------------------------------------------------------------------------------- 三(二)6 people

CERTIFIED = ("助理社会工作师", "社会工作师", "高级社会工作师")
FROM_ELSEWHERE = ("退休干部", "高校毕业生", "复转军人", "返乡创业人员", "乡贤")


def is_on_staff(s: Ref) -> Expr:
    """Whether somebody listed works there: unless it is told otherwise, or they join later."""
    return presumed(s.is_employed & (s.joined_on <= AS_OF))


member = organization.staff.each
exam_encouragement = Support(
    "exam_encouragement",
    "鼓励参加资格考试与等级认定",
    clause="三(二)6",
    each=member,
    reach=exists_here,
    when=condition("is_employed", "在该组织从业", is_on_staff(member)),
    discretion="鼓励和引导",
    result="民政业务培训；参加职业资格考试或技能等级认定",
)
social_worker_support = Support(
    "social_worker_support",
    "社会工作者牵头成立或任职",
    clause="三(二)6",
    reach=community_organization_here & (not_yet_registered | is_registered),
    when=condition(
        "has_social_worker",
        "由社会工作者牵头成立，或有社会工作者任（兼）职",
        organization.founders.any(lambda f: f.is_social_worker & presumed(f.is_lead))
        | organization.staff.any(lambda s: is_on_staff(s) & s.certificate.is_in(CERTIFIED)),
    ),
    discretion="鼓励和支持",
)
rural_talent_support = Support(
    "rural_talent_support",
    "各类人才创办或服务农村组织",
    clause="三(二)6",
    reach=community_organization_here & (not_yet_registered | is_registered),
    when=all_of(
        condition("is_rural", "是农村社区社会组织", organization.is_rural),
        condition(
            "has_rural_talent",
            "由所列人才创办，或有其任（兼）职",
            organization.founders.any(lambda f: f.background.is_in(FROM_ELSEWHERE))
            | organization.staff.any(lambda s: is_on_staff(s) & s.background.is_in(FROM_ELSEWHERE)),
        ),
    ),
    discretion="支持",
)

TALENTS = reading(
    "talents",
    "“社会工作人才”须有职业资格，还是从事社会工作的都算？",
    "Must the social-work talents hold a certificate, or does anybody in social work count?",
    clause="三(二)6",
    default=None,
    because="文本未定义；案例未说明无资格者时，推定所列人才均有资格",
    any_talent=("从事社会工作的都算", "anybody in social work"),
    certified_only=("只算有职业资格的", "those with a certificate only"),
)
TALENTS_DUE = reading(
    "talents_due",
    "“到2023年”指2023年底还是2023年初？",
    "Does “by 2023” mean the end of 2023 or its beginning?",
    clause="三(二)6",
    default="end_of_2023",
    because="行动到2023年12月为止，目标与其同期",
    end_of_2023=("2023年12月31日", "31 December 2023"),
    start_of_2023=("2023年1月1日", "1 January 2023"),
)
TALENTS_SHARED = text_gap(
    "talents_shared",
    "一人在数个社区任职时计一次还是数次，未写明（按各社区所报人数计）",
    "Whether a person who serves several communities counts once is not said (counted as each community reports)",
)
NEEDED = {"urban": 2, "rural": 1}
talents_due = choose(TALENTS_DUE, end_of_2023=day("2023-12-31"), start_of_2023=day("2023-01-01"))


def talents(c: Ref) -> Expr:
    """How many of a community's social-work talents count (HN-A10)."""
    certified = if_else(
        presumed(c.uncertified_talents == 0),
        c.social_work_talents,
        larger_of(c.social_work_talents - c.uncertified_talents, 0),
    )
    return choose(TALENTS, any_talent=c.social_work_talents, certified_only=certified)


def talents_counted(kind: str) -> Expr:
    """The talents of all communities of a kind, in each up to what it needs."""
    direct = {"urban": jurisdiction.urban_talents_counted, "rural": jurisdiction.rural_talents_counted}[kind]
    counted = jurisdiction.communities.sum(
        lambda c: smaller_of(talents(c), NEEDED[kind]), where=lambda c: c.kind == kind
    )
    return stated_or(direct, counted)


def talents_needed(kind: str) -> Expr:
    """How many talents all communities of a kind need together."""
    direct = {"urban": jurisdiction.urban_communities, "rural": jurisdiction.rural_communities}[kind]
    return rate(NEEDED[kind], "人/个") * stated_or(direct, jurisdiction.communities.count(lambda c: c.kind == kind))


talent_target = Target(
    "talent_target",
    "社区社会工作人才目标",
    clause="三(二)6",
    reach=jurisdiction_in_hainan,
    when=all_of(
        condition("urban_staffed", "城市社区都有两名", talents_counted("urban") >= talents_needed("urban")),
        condition("rural_staffed", "农村社区都有一名", talents_counted("rural") >= talents_needed("rural")),
    ),
    measure=Measure(
        talents_counted("urban") + talents_counted("rural"), talents_needed("urban") + talents_needed("rural"), "人"
    ),
    due=talents_due,
    gaps=(TALENTS_SHARED,),
)
talent_target_urban = Target(
    "talent_target_urban",
    "城市社区每个两名社会工作人才",
    clause="三(二)6",
    reach=jurisdiction_in_hainan,
    measure=Measure(talents_counted("urban"), talents_needed("urban"), "人"),
    due=talents_due,
    gaps=(TALENTS_SHARED,),
)
talent_target_rural = Target(
    "talent_target_rural",
    "农村社区每个一名社会工作人才",
    clause="三(二)6",
    reach=jurisdiction_in_hainan,
    measure=Measure(talents_counted("rural"), talents_needed("rural"), "人"),
    due=talents_due,
    gaps=(TALENTS_SHARED,),
)
community_talents = Target(
    "community_talents",
    "本社区的社会工作人才",
    clause="三(二)6",
    reach=condition("community_in_hainan", "在海南省", community.division.within(HAINAN)),
    measure=Measure(talents(community), table(community.kind, NEEDED), "人"),
    due=talents_due,
    gaps=(TALENTS_SHARED,),
)

# ------------------------------------------------------------------------------------- 三(三)10 Party building

party_charter = Duty(
    "party_charter",
    "党建与核心价值观写入章程",
    clause="三(三)10",
    reach=exists_here,
    force=management_in_force,
    when=all_of(
        condition("party_in_charter", "章程已写入党建内容", organization.charter_includes_party_building),
        condition("values_in_charter", "章程已写入核心价值观", organization.charter_includes_core_values),
    ),
    who="社区社会组织",
    action="在指导下把党的建设和社会主义核心价值观写入章程",
)
joint_party_branch = Support(
    "joint_party_branch",
    "联合建立党组织",
    clause="三(三)10",
    reach=supported_here,
    force=management_in_force,
    when=condition("is_small", "规模小、党员少", organization.is_small),
    discretion="可就近联合建立",
    result="与邻近组织联合建立党组织，或由社会组织联合会、服务中心牵头成立联合党支部",
    gaps=(
        text_gap(
            "small_org",
            "多大算规模小、几名算党员少、是否须二者兼具，文本未写明",
            "How small, how few Party members, and whether both are asked for is not said",
        ),
    ),
)

# ---------------------------------------------------------------------- 三(三)11 registration, filing, reports

FILING_CHOICE = reading(
    "filing_choice",
    "符合登记条件的组织可否不登记而选择备案？",
    "May an organization that meets the conditions of registration choose filing instead?",
    clause="三(三)11",
    default="must_register",
    because="条文说符合条件的要登记，备案只为达不到条件的而设",
    must_register=("不可以", "no, it must register"),
    may_choose=("可以", "yes"),
)
FALSE_MATERIALS = reading(
    "false_materials",
    "备案材料虚假的，只接受信用管理，还是也可取消备案？",
    "Do false filing materials only affect the credit record, or may the filing be cancelled too?",
    clause="三(三)11",
    default=None,
    because="第11项只说信用管理，第12项未列材料虚假，但可视为违规",
    credit_only=("只受信用管理", "the credit record only"),
    cancellation_too=("经查实也可取消备案", "once confirmed, cancellation too"),
)
ACTIVITY_REPORT = reading(
    "activity_report",
    "重大活动报告、定期工作报告现在就是义务，还是待制度建立之后？",
    "Are reports due now, or only once the system is set up?",
    clause="三(三)11",
    default="once_set_up",
    because="条文说推动、探索建立制度，尚待建立",
    once_set_up=("待制度建立施行之后", "once the rules are in force"),
    due_now=("现在就是", "now"),
)
meets_registration_conditions = condition(
    "meets_registration_conditions", "符合登记条件", organization.meets_registration_conditions
)
registration_duty = Duty(
    "registration_duty",
    "依法登记",
    clause="三(三)11",
    reach=seeks_here,
    force=management_in_force,
    when=all_of(
        meets_registration_conditions,
        condition(
            "not_choosing_filing",
            "没有以备案代替登记",
            choose(
                FILING_CHOICE,
                must_register=ALWAYS,
                may_choose=(organization.status == "planned") & ~organization.seeks_filing,
            ),
        ),
    ),
    who="社区社会组织",
    action="依法向登记管理机关申请登记",
)
filing_route = Route(
    "filing_route",
    "备案",
    clause="三(三)11",
    reach=seeks_here,
    force=management_in_force,
    when=all_of(
        condition(
            "filing_open",
            "达不到登记条件，可以备案",
            choose(FILING_CHOICE, must_register=~organization.meets_registration_conditions, may_choose=ALWAYS),
        ),
        condition(
            "filing_office",
            "向街道办事处或乡镇人民政府备案",
            presumed(organization.filing_office.is_in(["街道办事处", "乡镇人民政府"])),
        ),
    ),
    result="由街道办事处（乡镇人民政府）备案，市县（区）民政部门作业务指导",
    gaps=(
        text_gap(
            "filing_classes",
            "按规模、业务、成员和对象如何分类备案，文本未写明",
            "How filings are classed by size, scope, members and clients is not said",
        ),
    ),
)
filing_review = Standard(
    "filing_review",
    "备案材料审核",
    clause="三(三)11",
    reach=seeks_here,
    force=management_in_force,
    when=condition("seeks_filing", "申请备案", organization.seeks_filing),
    checklist=(condition("filing_materials_complete", "备案材料完整", organization.filing_materials_complete),),
    result="通过完整性审核；真实、合法、有效由申请人承诺，不在审核之列",
)
false_filing = Sanction(
    "false_filing",
    "备案承诺不实",
    clause="三(三)11",
    reach=seeks_here,
    force=management_in_force,
    when=condition("filing_materials_false", "备案材料虚假", organization.has_false_filing_materials),
    result="由申请人负责，受信用管理",
    gaps=(
        text_gap(
            "credit_measures",
            "信用管理包括哪些措施，文本未写明",
            "What credit management consists of is not said",
        ),
    ),
)
reports_are_due = condition(
    "reports_are_due",
    "报告制度已经适用",
    choose(ACTIVITY_REPORT, once_set_up=organization.implementing_rules_in_force, due_now=ALWAYS),
)
activity_report = Duty(
    "activity_report",
    "重大活动报告",
    clause="三(三)11",
    reach=exists_here,
    force=management_in_force,
    when=all_of(
        reports_are_due,
        condition("holds_major_activity", "开展节庆、演出、竞赛、集会等重大活动", organization.holds_major_activity),
    ),
    who="社区社会组织",
    action="报告重大活动",
)
committee_report = Duty(
    "committee_report",
    "定期向村（社区）“两委”报告",
    clause="三(三)11",
    reach=exists_here,
    force=management_in_force,
    when=reports_are_due,
    who="社区社会组织",
    action="定期报告工作，接受“两委”和居民评议",
)

# ------------------------------------------------------------------------------------- 三(三)12 the ways out

TRIGGERS = reading(
    "triggers",
    "不按章程活动、投诉强烈、涉嫌违法三种情形，有一即可还是须同时具备？",
    "Is one of the three triggers enough, or must all be there?",
    clause="三(三)12",
    default="alternative",
    because="三者各以“的”字结尾，是并列的三种对象",
    alternative=("有一即可", "one is enough"),
    cumulative=("须同时具备", "all three"),
)
TRIGGERS_INVESTIGATION = reading(
    "triggers_investigation",
    "“且经调查认定”约束三种情形，还是只约束涉嫌违法？",
    "Must all triggers be confirmed by investigation, or only the suspected offence?",
    clause="三(三)12",
    default="all_triggers",
    because="该语以逗号与三种情形隔开，统摄其前",
    all_triggers=("约束三种情形", "all of them"),
    last_only=("只约束涉嫌违法违规", "only the last"),
)
NO_SUPERVISOR = reading(
    "no_supervisor",
    "直接登记而没有业务主管单位的组织由谁处理？",
    "Who deals with an organization that has no supervising unit?",
    clause="三(三)12",
    default="registry_alone",
    because="没有业务主管单位时，条文所列机关只余登记管理机关",
    registry_alone=("登记管理机关单独处理", "the registry alone"),
    sector_office_too=("行业管理部门与登记管理机关", "the sector's office and the registry"),
)
STRONG_COMPLAINTS = text_gap(
    "strong_complaints",
    "群众投诉多少算“反应强烈”，未写明，由机关判断",
    "How many complaints are strong ones is not said; the authority judges",
)
INVESTIGATOR = text_gap("triggers_investigator", "由谁调查认定，未写明", "Who investigates is not said")

acts_outside_charter = condition("acts_outside_charter", "未按章程活动", organization.acts_outside_charter)
has_strong_complaints = condition("has_strong_complaints", "群众投诉强烈", organization.has_strong_complaints)
is_suspected = condition("is_suspected", "涉嫌违法违规", organization.is_suspected_illegal)
is_confirmed = condition("is_confirmed", "经调查认定", organization.confirmed_by_investigation)
suspected_offence = choose(TRIGGERS_INVESTIGATION, all_triggers=is_suspected, last_only=is_suspected & is_confirmed)
has_grounds = condition(
    "has_grounds",
    "有条文所列的情形",
    choose(
        TRIGGERS,
        alternative=any_of(acts_outside_charter, has_strong_complaints, suspected_offence),
        cumulative=all_of(acts_outside_charter, has_strong_complaints, suspected_offence),
    ),
)
grounds_confirmed = condition(
    "grounds_confirmed",
    "情形已按要求认定",
    choose(TRIGGERS_INVESTIGATION, all_triggers=is_confirmed, last_only=ALWAYS),
)
# The applicant vouches for the materials: they are taken to be true unless the case says otherwise.
filing_was_false = condition(
    "filing_was_false",
    "备案材料经认定虚假，可据以取消",
    choose(
        FALSE_MATERIALS,
        credit_only=IMPOSSIBLE,
        cancellation_too=~presumed(~organization.has_false_filing_materials) & is_confirmed,
    ),
)

exit_registered = Sanction(
    "exit_registered",
    "已登记组织的处理",
    clause="三(三)12",
    reach=registered_here,
    force=management_in_force,
    when=has_grounds & grounds_confirmed,
    result=if_else(
        organization.has_supervising_unit,
        "由业务主管单位、登记管理机关处理",
        choose(
            NO_SUPERVISOR,
            registry_alone="由登记管理机关处理",
            sector_office_too="由行业管理部门、登记管理机关处理",
        ),
    ),
    gaps=(STRONG_COMPLAINTS, INVESTIGATOR),
)
exit_filed = Sanction(
    "exit_filed",
    "取消备案",
    clause="三(三)12",
    reach=filed_here,
    force=management_in_force,
    when=(has_grounds & grounds_confirmed) | filing_was_false,
    result="由备案单位取消备案并公告",
    gaps=(STRONG_COMPLAINTS, INVESTIGATOR),
)
exit_illegal = Sanction(
    "exit_illegal",
    "取缔非法社会组织",
    clause="三(三)12",
    reach=in_hainan & condition("is_illegal", "是非法社会组织", organization.status == "illegal"),
    force=management_in_force,
    result="由登记管理机关取缔并公告",
)
voluntary_exit = Route(
    "voluntary_exit",
    "自愿退出",
    clause="三(三)12",
    reach=exists_here,
    force=management_in_force,
    when=condition("seeks_deregistration", "因自身发展问题申请退出", organization.seeks_deregistration),
    result=if_else(organization.status == "filed", "向备案单位申请取消备案", "向登记管理机关申请注销登记"),
)

# ------------------------------------------------------------------------------ 四(二) openness and guidance

disclosure = Duty(
    "disclosure",
    "信息公开",
    clause="四(二)",
    reach=registered_here,
    force=management_in_force,
    when=all_of(
        condition("discloses_staff", "已公开组织人员", organization.disclosed.contains("组织人员")),
        condition("discloses_activities", "已公开重大活动", organization.disclosed.contains("重大活动")),
        condition("discloses_fees", "已公开收费标准", organization.disclosed.contains("收费标准")),
    ),
    who="已登记的社区社会组织",
    action="公开组织人员、重大活动、收费标准，接受监督",
)
filed_reminder = Duty(
    "filed_reminder",
    "对备案组织的提醒与帮助",
    clause="四(二)",
    reach=filed_here,
    force=management_in_force,
    when=condition("has_problem", "存在问题", organization.has_problem_found),
    who="街道办事处（乡镇人民政府）、基层群众性自治组织",
    action="及时提醒，帮助纠正",
)

PACK = Pack(
    "hainan",
    "海南省社区社会组织培育发展专项行动",
    "2021-05-26",
    SOURCE,
    (
        threshold_lowering,
        direct_registration,
        registration_duty,
        filing_route,
        filing_review,
        false_filing,
        cultivation_priority,
        lottery_support,
        hub_services,
        idle_premises,
        committee_support,
        exam_encouragement,
        social_worker_support,
        rural_talent_support,
        joint_party_branch,
        party_charter,
        activity_report,
        committee_report,
        disclosure,
        filed_reminder,
        exit_registered,
        exit_filed,
        exit_illegal,
        voluntary_exit,
        pilot_city,
        pilot_evaluation,
        performance_review,
        venture_funds,
        incubation_funds,
        talent_target,
        talent_target_urban,
        talent_target_rural,
        community_talents,
    ),
    force=cultivation_in_force,
    divisions=(HAINAN,),
    known=(Known("never_met:threshold_lowering", "降低哪一项门槛、降到多少未写明，是否达到无从认定"),),
)
