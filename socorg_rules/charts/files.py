"""Charts and rule graphs as files that stand alone: HTML, PNG, SVG or JSON, made without network."""

from __future__ import annotations

import functools
import html
import json
from pathlib import Path
from typing import Any, Literal, get_args

import altair as alt
import vl_convert

from ..errors import CaseError, Problem
from ..graph import Graph
from .look import FONTS, INK

Form = Literal["html", "png", "svg", "json"]
SCALE = 2
"""How many pixels of a PNG a pixel of the chart takes, so that it is sharp on today's screens."""

CSP = "default-src 'none';script-src 'unsafe-inline' 'unsafe-eval';style-src 'unsafe-inline';img-src data: blob:"
"""What a page may do: run what it holds itself. It may load nothing."""

PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{csp}">
<title>{title}</title>
<style>:root{{color-scheme:light dark}}body{{margin:0;padding:1rem;background:light-dark(#fff,#14181f)}}
#chart{{overflow-x:auto;max-width:100%}}#chart.vega-embed{{display:block;padding:0}}
#vg-tooltip-element{{font-family:{fonts};color:{ink};max-width:30rem}}</style>
<script>{bundle}</script></head>
<body><div id="chart"></div><script>
vegaEmbed("#chart", {spec}, {{renderer: "svg", actions: false}});
</script></body></html>
"""


def export(shown: alt.TopLevelMixin | Graph, path: str | Path) -> Path:
    """Write a chart or a rule graph to a file; what it is called says as what.

    Args:
        shown: any Altair chart, or what `rule_graph` gives.
        path: ends in `.html` (stands alone, no network), `.png`, `.svg` or `.json`: Vega-Lite of a chart, plain data of
            a graph.

    Raises:
        CaseError: the name ends otherwise, there is no such folder, or no font here has Chinese for a PNG.
    """
    to = Path(path)
    form = to.suffix.lower().removeprefix(".")
    if form not in get_args(Form):
        endings = ", ".join(f"`.{offered}`" for offered in get_args(Form))
        raise CaseError(
            Problem("output", f"the name `{to.name}` says no form that is offered; end it in one of {endings}")
        )
    if not to.absolute().parent.is_dir():
        raise CaseError(
            Problem("output", f"there is no folder `{to.parent}`; make it, or name a file in one that is there")
        )
    if to.is_dir():
        raise CaseError(Problem("output", f"`{to}` is a folder; name a file in it"))
    made = _graph(shown, form) if isinstance(shown, Graph) else _chart(shown, form)
    to.write_bytes(made if isinstance(made, bytes) else made.encode())
    return to


def _graph(shown: Graph, form: str) -> str | bytes:
    match form:
        case "html":
            return shown.page
        case "png":
            return _png(shown.svg)
        case "svg":
            return shown.svg
    return json.dumps(shown.to_dict(), ensure_ascii=False, indent=2)


def _chart(shown: alt.TopLevelMixin, form: str) -> str | bytes:
    spec: dict[str, Any] = shown.to_dict()
    match form:
        case "html":
            return _page(spec)
        case "png":
            return _png(vl_convert.vegalite_to_svg(spec))
        case "svg":
            return str(vl_convert.vegalite_to_svg(spec))
    return json.dumps(spec, ensure_ascii=False, indent=2)


def _page(spec: dict[str, Any]) -> str:
    """A page with Vega in it. What the data hold cannot end the script that they stand in."""
    held = json.dumps(spec, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    title = html.escape(str(spec["title"]["text"]))
    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed")
    return PAGE.format(lang="zh-CN", csp=CSP, title=title, fonts=FONTS, ink=INK, bundle=bundle, spec=held)


def _png(svg: str) -> bytes:
    if not chinese_can_be_drawn():
        remedy = (
            "install one, as `fonts-noto-cjk` of Debian, or write `.html` or `.svg`, which the reader's machine draws"
        )
        raise CaseError(Problem("output", f"no font here has Chinese, so that a PNG would show boxes; {remedy}"))
    return bytes(vl_convert.svg_to_png(svg, scale=SCALE))


@functools.cache
def chinese_can_be_drawn() -> bool:
    """Whether a Chinese character looks otherwise than one that no font has."""
    text = f'<text y="30" font-size="30" font-family="{FONTS}">{{}}</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{text}</svg>'
    chinese, unassigned = (vl_convert.svg_to_png(svg.format(c)) for c in "汉\U0003fffe")
    return bool(chinese != unassigned)
