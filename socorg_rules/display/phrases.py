"""The words of displays beside explanations, Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Mapping

DISPLAYS: Mapping[str, tuple[str, str]] = {
    # --------------------------------------------------------------------------------------------- cases
    "case.known": ("已知事实：{n} 项", "Known facts: {n}"),
    "case.facts": ("已知事实", "Known facts"),
    "fact": ("事实", "Fact"),
    "value": ("内容", "Value"),
    "path": ("路径", "Path"),
    "number": ("序号", "No."),
    "case.no_items": ("一项也没有", "There is none."),
    "case.some_items": ("所列可能不全", "The list may not be complete."),
    "case.item": ("（{facts}）", "({facts})"),
    # --------------------------------------------------------------------------------------------- packs
    "pack.id": ("政策包：{id}", "Pack: {id}"),
    "pack.issued": ("发布：{day}", "Issued: {day}"),
    "pack.about": ("关于", "About"),
    "pack.each": ("{about}，逐项：{items}", "{about}, for each of {items}"),
    "pack.id_of": ("标识", "Id"),
    "pack.kind": ("{kind}（{n} 项）", "{kind} ({n})"),
    "pack.readings": ("解释选项（{n} 项）", "Readings ({n})"),
    "pack.default": ("（默认）", " (default)"),
    "pack.open": ("未选定：{because}", "Left open: {because}"),
    "pack.because": ("取默认之理由：{because}", "Why the default: {because}"),
    "pack.gaps": ("文本未定：{question}", "Left open by the text: {question}"),
    "pack.clauses": ("文件各款（{n} 款）", "Clauses of the document ({n})"),
    "pack.clause": ("条款", "Clause"),
    "pack.status": ("处理", "Status"),
    "pack.what": ("内容、未定之处或不判定的理由", "What it is about, what it leaves open, or why it decides nothing"),
    "status.encoded": ("已编入", "encoded"),
    "status.open": ("待明确", "open"),
    "status.none": ("无需判定", "no decision"),
    # ------------------------------------------------------------------------------------------- changes
    "change.before": ("原先", "Before"),
    "change.after": ("现在", "Now"),
    "change.learned": ("因得知：", "Because this became known: "),
    "change.forgotten": ("因撤回：", "Because this was withdrawn: "),
    "change.advanced": ("因时间推移：{start} → {day}", "Because time passed: {start} → {day}"),
    "change.to": ("：", ": "),
    "change.values": ("{before} → {after}", "{before} → {after}"),
    "change.outcome": ("结论", "Outcome"),
    "change.entitlement": ("应享", "Entitlement"),
    "change.paid": ("已领", "Paid"),
    "change.payable": ("可领", "Payable"),
    "change.missing": ("还缺的事实", "Missing facts"),
    "change.decision": ("现在的结论", "The decision now"),
    "change.step": ("项目", "Step"),
    "file.next": ("本档案随时间变化的下一日：{day}", "Next day on which this file changes by itself: {day}"),
    # -------------------------------------------------------------------------------------------- charts
    "waterfall.key": (
        "（实色为确定数额，浅色为幅度之内，虚线为尚未确定或由主管部门酌定）",
        "(full: certain; light: within the range; dashed: not decided, or left to the authority)",
    ),
    "waterfall.so_far": ("累计 {sum}", "{sum} in all"),
    "waterfall.yuan": ("元", "yuan"),
    "coverage.by": ("由 {n} 项规定编入", "encoded by {n}"),
    "coverage.counts": (
        "文件共 {all} 款：已编入 {encoded} 款，待明确 {open} 款，无需判定 {none} 款",
        "{all} clauses: {encoded} encoded, {open} open, {none} without a decision",
    ),
    # -------------------------------------------------------------------------------------------- graphs
    "graph.not": ("并非", "not"),
    "graph.presumed": ("未说明时推定成立", "presumed to hold where not told"),
    "graph.reading": ("理解：{question}", "Reading: {question}"),
    "graph.demand": ("{what} {demand}", "{what}: {demand}"),
    "graph.value": ("取值", "value"),
    "graph.where": ("其中", "of those"),
    "graph.direct": ("直接给出", "given directly"),
    "graph.derived": ("否则推算", "else derived"),
    "graph.of_several": ("{all} 次中成立 {n} 次", "holds {n} times of {all}"),
    "graph.title": ("规则图：{title}", "Rules: {title}"),
    "graph.holds": ("成立", "holds"),
    "graph.fails": ("不成立", "does not hold"),
    "graph.open": ("未定", "open"),
    "graph.unseen": ("未查看", "not looked at"),
    "graph.hidden": ("另有 {n} 个节点折叠在内", "{n} more nodes folded in"),
    "graph.folded": ("＋n：折叠的节点数", "+n: nodes folded in"),
}
"""Every phrase by its key: Chinese, English."""
