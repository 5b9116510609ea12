"""How pages look: light and dark, as the reader's system has it or the notebook around them says."""

CLASS = "socorg-rules"

SCHEME = """
:where(.socorg-rules){color-scheme:light dark}
[data-jp-theme-light="true"] .socorg-rules,.vscode-light .socorg-rules,[theme="light"] .socorg-rules{color-scheme:light}
[data-jp-theme-light="false"] .socorg-rules,.vscode-dark .socorg-rules,[theme="dark"] .socorg-rules{color-scheme:dark}
"""
"""Notebooks (Jupyter, VS Code, Colab) tell their theme by an attribute; elsewhere the system's is taken."""

COLOURS = """
.socorg-rules{--paper:light-dark(#fff,#14181f);--ink:light-dark(#1d2430,#e4e7ec);--soft:light-dark(#5b6472,#a3adba);
--line:light-dark(#d5dae2,#3b4350);--band:light-dark(#f5f7fa,#1b212a);--good:light-dark(#18794e,#5bd19a);
--bad:light-dark(#c0362c,#ff8a80);--open:light-dark(#8a6100,#ffcf66);--left:light-dark(#1d5fa8,#8fc1ff)}
"""

FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif'
"""Fonts that have Chinese, of the common systems."""

FRAGMENT = f"""
.socorg-rules{{background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,{FONT};max-width:60rem;
padding:.25rem 1rem 1rem;overflow-wrap:anywhere}}
.socorg-rules *{{box-sizing:border-box}}
.socorg-rules h1,.socorg-rules h2,.socorg-rules h3,.socorg-rules h4,.socorg-rules h5,.socorg-rules h6{{
line-height:1.35;color:inherit;font-weight:600}}
.socorg-rules h1{{font-size:1.5rem;margin:.6rem 0}}
.socorg-rules h2{{font-size:1.15rem;margin:1.6rem 0 .5rem;padding-bottom:.2rem;border-bottom:1px solid var(--line)}}
.socorg-rules h3,.socorg-rules h4,.socorg-rules h5,.socorg-rules h6{{font-size:1rem;margin:1rem 0 .3rem}}
.socorg-rules p{{margin:.5rem 0}}
.socorg-rules ul{{margin:.4rem 0;padding-left:1.3rem}}
.socorg-rules code{{color:var(--soft);background:none;padding:0;font-size:.85em}}
.socorg-rules .clause{{display:inline-block;margin:0 .3em;padding:0 .45em;border:1px solid var(--line);
border-radius:.7em;background:var(--band);color:var(--soft);font-size:.8em;line-height:1.5;font-weight:400;max-width:100%}}
.socorg-rules h1 .clause{{font-size:.6em;vertical-align:middle}}
.socorg-rules .holds>.mark{{color:var(--good)}}
.socorg-rules .fails>.mark{{color:var(--bad)}}
.socorg-rules .open>.mark{{color:var(--open)}}
.socorg-rules .left>.mark{{color:var(--left)}}
.socorg-rules .mark{{font-weight:700;display:inline-block;min-width:1.1em}}
"""

FOLDS = """
.socorg-rules summary{cursor:pointer}
.socorg-rules details>summary:only-child{cursor:default}
.socorg-rules details.part{border:1px solid var(--line);border-radius:.4rem;margin:.35rem 0;padding:0 .8rem}
.socorg-rules details.part>summary{margin:0 -.8rem;padding:.35rem .8rem}
.socorg-rules details.part[open]>summary{background:var(--band);border-bottom:1px solid var(--line);
border-radius:.4rem .4rem 0 0;margin-bottom:.5rem}
.socorg-rules details.part[open]{padding-bottom:.5rem}
.socorg-rules ul.tree{list-style:none;padding-left:0}
.socorg-rules ul.tree ul.tree{padding-left:1.35rem;border-left:1px solid var(--line);margin-left:.5rem}
.socorg-rules ul.tree li{margin:.15rem 0}
"""

TABLES = """
.socorg-rules .scroll{overflow-x:auto;margin:.5rem 0}
.socorg-rules table{border-collapse:collapse;font-size:.95em;margin:0;color:inherit}
.socorg-rules th,.socorg-rules td{border:1px solid var(--line);padding:.25rem .6rem;text-align:left;vertical-align:top;
background:none;min-width:3.5em;max-width:32em;white-space:normal;overflow-wrap:break-word}
.socorg-rules td.short,.socorg-rules th.short{white-space:nowrap}
.socorg-rules th{background:var(--band);font-weight:600}
"""

LANGUAGES = """
.socorg-rules>input{appearance:none;float:right;margin:.7rem 0 0 1rem;padding:0 .7em;border:1px solid var(--line);
border-radius:1em;background:var(--band);color:var(--soft);font:inherit;font-size:.85em;cursor:pointer;width:auto;
height:auto}
.socorg-rules>input:focus-visible{outline:2px solid var(--left)}
.socorg-rules>input::after{content:"English"}
.socorg-rules>input:checked::after{content:"中文"}
.socorg-rules>input:checked~[lang="zh-CN"]{display:none}
.socorg-rules>input:checked~[lang="en"]{display:block}
"""
"""A box that is ticked shows the other language, without any script."""

STYLE = SCHEME + COLOURS + FRAGMENT + FOLDS + TABLES + LANGUAGES

PAGE_STYLE = """
:root{color-scheme:light dark}
body{margin:0;background:light-dark(#fff,#14181f)}
body>.socorg-rules{margin:1.5rem auto}
"""
