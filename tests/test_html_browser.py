"""The web page in a real browser: what axe finds, what a narrow screen does to it, what the reader's wishes do."""

from pathlib import Path

import pypdfium2
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
    (320, "dark", "more", "rgb(255, 255, 255)", "rgb(0, 0, 0)"),
]


@pytest.fixture(scope="module")
def some(library: Library) -> str:
    """Every kind of block, in a page that takes a browser less time."""
    return build.build(library, request_for(library, *SAMPLE, write_in=PAGES, detail="more"), "html").data.decode()


@needs_axe
@pytest.mark.parametrize(("width", "scheme", "contrast", "ink", "paper"), LOOKS)
def test_axe_finds_nothing(
    everything: str, some: str, tmp_path: Path, width: int, scheme: str, contrast: str, ink: str, paper: str
) -> None:
    page = some if contrast == "more" else everything
    found = browser.ask(browser.with_axe(page), AUDIT, tmp_path, width, scheme, contrast)
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
  && !e.closest('.skip, .hidden, thead'));
const peeping = [...document.querySelectorAll('.skip, .hidden, thead')].filter(e => getComputedStyle(e).clipPath !== 'inset(50%)'
  && getComputedStyle(e).position !== 'static');
return {scrolls: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  peeping: peeping.length, wide: wide.slice(0, 5).map(e => e.outerHTML.slice(0, 80))};
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
    request = request_for(library, *SAMPLE, write_in=PAGES, detail="more", **chosen)
    page = build.build(library, request, "html").data.decode()
    assert browser.ask(page, WIDE, tmp_path, width) == {"scrolls": 0, "peeping": 0, "wide": []}


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


def test_the_way_past_the_start_is_seen_when_the_keyboard_comes_to_it(everything: str, tmp_path: Path) -> None:
    script = """
    const skip = document.querySelector('.skip'), before = skip.getBoundingClientRect().height;
    skip.focus();
    return {before, after: skip.getBoundingClientRect().height > 24, left: skip.getBoundingClientRect().left >= 0};
    """
    assert browser.ask(everything, script, tmp_path, 320) == {"before": 1, "after": True, "left": True}


def test_printed_each_part_begins_a_page_and_the_contents_stay_behind(everything: str, tmp_path: Path) -> None:
    page, paper = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(everything, "utf-8")
    browser.chromium(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri())
    printed = pypdfium2.PdfDocument(paper)
    texts = [sheet.get_textpage().get_text_range().splitlines() for sheet in printed]
    width, height = printed[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    begins = [lines[0].strip() for lines in texts if lines]
    assert begins[:4] == ["My booklet", "Call 999 now", "Call your cancer helpline now", "My numbers"]
    assert {"6. Treatments", "19. Organisations that can help", "About the content"} <= set(begins)
    assert begins[-1] == "Call 999 now"
    said = " ".join(line for lines in texts for line in lines)
    for screen in ("What is in this booklet", "Back to the contents", "Skip to", "The lines are to write on"):
        assert screen not in said
