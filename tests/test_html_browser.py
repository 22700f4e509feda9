"""The web page in a real browser: what axe finds, what a narrow screen does to it, what the reader's wishes do."""

from pathlib import Path

import pytest

from booklet import build
from booklet.library import Library
from booklet.model import Paragraph, Run
from booklet.theme import Stylesheet
from tests import browser
from tests.conftest import SAMPLE, request_for
from tests.test_html import PAGES, everything, written

__all__ = ["everything"]
pytestmark = pytest.mark.skipif(bool(browser.why_not()), reason=browser.why_not())
needs_axe = pytest.mark.skipif(bool(browser.why_not("axe")), reason=browser.why_not("axe"))

AUDIT = """
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const found = await axe.run(document, {
  runOnly: {type: 'tag', values: tags}, rules: {'color-contrast-enhanced': {enabled: true}}, resultTypes: ['violations']
});
return {
  version: axe.version, passed: found.passes.length,
  faults: found.violations.map(v => `${v.id} ${v.nodes[0].html} ${v.nodes[0].failureSummary}`),
  dark: matchMedia('(prefers-color-scheme: dark)').matches, more: matchMedia('(prefers-contrast: more)').matches,
  ink: getComputedStyle(document.body).color, paper: getComputedStyle(document.body).backgroundColor,
};
"""
LOOKS = [
    (1280, "light", "no-preference", "rgb(0, 0, 0)", "rgb(255, 255, 255)"),
    (320, "dark", "no-preference", "rgb(245, 245, 245)", "rgb(18, 18, 18)"),
    (1280, "light", "more", "rgb(0, 0, 0)", "rgb(255, 255, 255)"),
    (1280, "dark", "more", "rgb(255, 255, 255)", "rgb(0, 0, 0)"),
]


@needs_axe
@pytest.mark.parametrize(("width", "scheme", "contrast", "ink", "paper"), LOOKS)
def test_axe_finds_nothing(
    everything: str, tmp_path: Path, width: int, scheme: str, contrast: str, ink: str, paper: str
) -> None:
    found = browser.ask(browser.with_axe(everything), AUDIT, tmp_path, width, scheme, contrast)
    assert (found["dark"], found["more"]) == (scheme == "dark", contrast == "more")
    assert (found["ink"], found["paper"]) == (ink, paper)
    assert found["faults"] == []
    assert int(str(found["passed"])) > 30


@needs_axe
@pytest.mark.parametrize(("grey", "fault"), [("#777", "color-contrast-enhanced"), ("#999", "color-contrast")])
def test_axe_finds_what_is_wrong(sheet: Stylesheet, tmp_path: Path, grey: str, fault: str) -> None:
    """A check that sees nothing would pass as well."""
    page = written(Paragraph((Run("Grey"),)), sheet=sheet).replace("<p>", f'<p style="color:{grey}">')
    faults = browser.ask(browser.with_axe(page), AUDIT, tmp_path)["faults"]
    assert isinstance(faults, list)
    assert [found.split()[0] for found in faults] == [fault]


WIDE = """
const wide = [...document.querySelectorAll('body *')].filter(e =>
  e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
  && !e.closest('.skip, .hidden, thead') && getComputedStyle(e).position !== 'absolute');
return {scrolls: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  wide: wide.slice(0, 5).map(e => e.outerHTML.slice(0, 80))};
"""


CHOSEN: tuple[dict[str, str], ...] = (
    {},
    {"text_size": "36", "typeface": "lexend", "letter_spacing": "wider", "weight": "heavier"},
    {"text_size": "24", "line_spacing": "2", "letter_spacing": "wide"},
)


@pytest.mark.parametrize("chosen", CHOSEN)
@pytest.mark.parametrize("width", [320, 700])
def test_the_page_reflows_without_scrolling_sideways(
    library: Library, tmp_path: Path, width: int, chosen: dict[str, str]
) -> None:
    request = request_for(library, packs=("everything",), write_in=PAGES, detail="more", **chosen)
    page = build.build(library, request, "html").data.decode()
    assert browser.ask(page, WIDE, tmp_path, width) == {"scrolls": 0, "wide": []}


def test_no_text_is_smaller_than_was_asked_for_and_no_line_too_long(library: Library, tmp_path: Path) -> None:
    page = build.build(library, request_for(library, *SAMPLE), "html").data.decode()
    script = """
    const sized = [...document.querySelectorAll('body *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
    const least = Math.min(...sized.map(e => parseFloat(getComputedStyle(e).fontSize)));
    let longest = 0;
    for (const p of document.querySelectorAll('main p')) {
      const range = document.createRange();
      range.selectNodeContents(p);
      const lines = new Set([...range.getClientRects()].map(r => Math.round(r.bottom))).size;
      if (lines > 2) longest = Math.max(longest, p.textContent.length / lines);
    }
    return {least, longest};
    """
    found = browser.ask(page, script, tmp_path)
    assert found["least"] == 24, "18 point"
    assert 45 < float(str(found["longest"])) <= 70
