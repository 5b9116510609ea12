"""A headless Chromium of the system, and what a page is asked in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)
WIDTHS = (800, 1400)
SCHEMES = ("light", "dark")


def chromium() -> str | None:
    """Where the system's Chromium is."""
    return next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)


@contextmanager
def started(program: str) -> Iterator[Browser]:
    """A browser for as long as it is used."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET])
        yield browser
        browser.close()


@attrs.define
class Shown:
    """A page in a browser: what it asked the network for, and what it complained about."""

    page: Page
    requests: list[str] = attrs.field(factory=list)
    complaints: list[str] = attrs.field(factory=list)

    def ask(self, script: str) -> Any:  # noqa: ANN401 - whatever the script gives
        """What a script finds in the page."""
        return self.page.evaluate(script)

    def unfold(self) -> None:
        """Open everything that is folded."""
        self.ask("document.querySelectorAll('details').forEach(d => { d.open = true })")


@contextmanager
def shown(browser: Browser, path: Path, scheme: str = "light", width: int = 800) -> Iterator[Shown]:
    """A page from a file, as somebody sees it whose system is light or dark and has no network."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        offline=True,
    )
    page = context.new_page()
    made = Shown(page)
    page.on("request", lambda request: made.requests.append(request.url))
    page.on("console", lambda message: made.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: made.complaints.append(str(error)))
    page.goto(path.as_uri())
    yield made
    context.close()


OVERFLOWING = """() => {
  const told = [], wide = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth > wide) told.push(`page: ${document.documentElement.scrollWidth} > ${wide}`)
  const scrolls = e => e && (['auto', 'scroll'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement))
  for (const e of document.body.querySelectorAll('*')) {
    if (e.closest('svg') || scrolls(e.parentElement)) continue
    const box = e.getBoundingClientRect(), around = e.parentElement.getBoundingClientRect()
    if (!box.width) continue
    if (box.right > around.right + 1 || box.left < around.left - 1)
      told.push(`${e.tagName} "${e.textContent.slice(0, 30)}": ${box.left}-${box.right} in ${around.right}`)
  }
  return told
}"""
"""Whatever is wider than what it stands in, and cannot be scrolled there."""

TOFU = """() => {
  const fonts = new Map(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement
    if (['STYLE', 'SCRIPT'].includes(e.tagName)) continue
    const font = getComputedStyle(e).fontFamily
    if (!fonts.has(font)) fonts.set(font, new Set())
    for (const c of walker.currentNode.textContent) if (c > '\\u007f' && c.trim()) fonts.get(font).add(c)
  }
  const canvas = new OffscreenCanvas(40, 40), pen = canvas.getContext('2d', {willReadFrequently: true})
  const drawn = (c, font) => {
    pen.clearRect(0, 0, 40, 40); pen.font = `24px ${font}`; pen.fillText(c, 4, 30)
    return pen.getImageData(0, 0, 40, 40).data.join()
  }
  const told = []
  let seen = 0
  for (const [font, letters] of fonts) {
    const boxes = ['\\u{3fffe}', '\\u{378}'].map(c => drawn(c, font))
    for (const c of letters) { seen += 1; if (boxes.includes(drawn(c, font))) told.push(c) }
  }
  return [seen, told]
}"""
"""How many letters beyond ASCII there are, and those that look like one that no font has."""

PALE = """() => {
  const pen = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true})
  const rgba = colour => {
    pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1)
    return [...pen.getImageData(0, 0, 1, 1).data]
  }
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const behind = e => {
    for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c }
    return [255, 255, 255]
  }
  const told = []
  let seen = 0
  for (const e of document.body.querySelectorAll('*')) {
    const own = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent.trim()).join('')
    if (!own || e.closest('svg, style, script')) continue
    seen += 1
    const [a, b] = [light(rgba(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x)
    const ratio = (a + 0.05) / (b + 0.05)
    if (ratio < 4.5) told.push(`${e.tagName} "${e.textContent.slice(0, 20)}": ${ratio.toFixed(2)}`)
  }
  return [seen, told]
}"""
"""How many elements hold text, and those whose text is hard to tell from what is behind it (WCAG AA: 4.5)."""
