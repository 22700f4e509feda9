"""Rules that single words show: size, shape, weight and contrast (standards.md LP-01 to LP-07, CO-01, CO-02, CO-04)."""

import re
from collections.abc import Iterator

from booklet.audit.canvas import Paint, Text
from booklet.audit.colours import luminance
from booklet.audit.document import NEAR, Doc, Page, most
from booklet.audit.rules import Fault, Rule, by_page, counted, place, points

LEAN = 3.0
"""Degrees from which upright letters look slanted."""
NARROW = 0.9
"""Letters narrower than this share of their own width have been squeezed."""
SMALL_FACE = 1.1
"""How much larger a face may be set than was asked for, to look as large as Arial."""
CAPITALS = re.compile(r"\b[A-Z]{3,}(?:\s+[A-Z]{3,}){2,}\b")
AAA, AA = 7.0, 4.5
"""WCAG 2.2, 1.4.6 and 1.4.3."""
PALE = 0.85
"""The luminance of paper, or of a tint of about 10 %."""
HEAVY = 24.0
"""Points from which bold text may be reversed."""


def body_size(doc: Doc) -> Iterator[Fault]:
    """LP-01, UKAAF and others: the most common size on paper is 16 point or more, and what was asked for."""
    if not doc.body:
        yield Fault(None, "no text that can be read: pictures of text cannot be judged or spoken")
    elif doc.body < doc.least - NEAR:
        yield Fault(None, f"most of the text is {points(doc.body)}, under {points(doc.least)}")
    elif doc.chosen and not any(_is(doc.chosen, page) for page in doc.pages):  # locked pages may be larger
        yield Fault(None, f"most of the text is {points(doc.body)}; {points(doc.chosen)} was asked for")


def _is(size: float, page: Page) -> bool:
    """Most of a page is of a size, or a little larger, as a face with small letters is set."""
    return size - NEAR <= most((text.size, len(text.text)) for text in page.texts) <= SMALL_FACE * size


def smallest(doc: Doc) -> Iterator[Fault]:
    """LP-02, UKAAF and ACB: nothing is smaller than the least size; ideally nothing is smaller than the text."""
    enough = max(doc.body, doc.least) - NEAR
    for page, texts in by_page((text.page, text) for text in doc.texts() if text.size < enough):
        small = [text for text in texts if text.size < doc.least - NEAR]
        least = min(small or texts, key=lambda text: text.size)
        if small:
            count = counted(sum(len(text.text) for text in small), "letter")
            yield Fault(page, f"{count} under {points(doc.least)}, down to {points(least.size)}{place(least)}")
        elif not doc.chosen:
            yield Fault(page, f"{points(least.size)} is smaller than the text{place(least)}", "W")


def squeezed(doc: Doc) -> Iterator[Fault]:
    """LP-01, UKAAF: letters as wide as they were drawn; squeezed ones have their height and not their size."""
    for page, texts in by_page((text.page, text) for text in doc.texts() if 0 < text.narrowing < NARROW):
        least = min(texts, key=lambda text: text.narrowing)
        yield Fault(page, f"letters squeezed to {least.narrowing:.0%} of their width{place(least)}", "W")


def italics(doc: Doc) -> Iterator[Fault]:
    """LP-05, UKAAF, RNIB and NHS: no italics, by face or by a matrix that slants."""
    for page, texts in by_page((text.page, text) for text in doc.texts() if text.face.italic or text.slant > LEAN):
        how = "italic" if texts[0].face.italic else "slanted by its matrix"
        yield Fault(page, f"{how}{place(texts[0])}")


def underlines(doc: Doc) -> Iterator[Fault]:
    """LP-05, UKAAF, RNIB and NHS: nothing but links is underlined."""
    for page in doc.pages:
        rules = [p for p in page.paints if not p.image and p.box.top - p.box.bottom < 4 < p.box.right - p.box.left]
        for text in page.texts if rules else ():
            if any(_underlines(rule, text) for rule in rules) and not _is_link(doc, text):
                yield Fault(page.number, f"underlined{place(text)}")
                break


def _underlines(rule: Paint, text: Text) -> bool:
    """A thin mark within 0.15 em of the baseline, as long as the words or shorter: a rule of a table is longer."""
    box, size = rule.box, text.size
    near = -0.02 * size < text.y - box.top < 0.15 * size and box.top - box.bottom < 0.12 * size
    return near and not text.turn and text.x0 - size / 2 < box.left and box.right < text.x1 + size / 2


def _is_link(doc: Doc, text: Text) -> bool:
    if re.search(r"www\.|https?:|\w@\w|\w\.(org|uk|com)\b", text.text):
        return True
    middle = (text.x0 + text.x1) / 2
    return any(
        link.page == text.page
        and link.box.left <= middle <= link.box.right
        and link.box.bottom <= text.y <= link.box.top
        for link in doc.links
    )


def capitals(doc: Doc) -> Iterator[Fault]:
    """LP-06, UKAAF, RNIB and NHS: no blocks of capitals; a person looks, for a name or abbreviations may be in capitals."""
    for page in doc.pages:
        if found := next((line for line in page.lines if CAPITALS.search(line.text)), None):
            yield Fault(page.number, f"words in capitals{place(found)}", "W")


def light(doc: Doc) -> Iterator[Fault]:
    """LP-07, RNIB and CNIB: no light weights, as far as the font says."""
    for page, texts in by_page((text.page, text) for text in doc.texts() if text.face.light):
        yield Fault(page, f"set in a light weight, {texts[0].face.name}{place(texts[0])}", "W")


def contrasts(doc: Doc) -> Iterator[Fault]:
    """CO-01, WCAG 2.2 1.4.6 and NHS: 7:1 or more against what is painted behind; under 4.5:1 is worse."""
    for page, texts in by_page((text.page, text) for text in doc.texts() if (text.contrast or 21) < AAA - 0.05):
        worst = min(texts, key=lambda text: text.contrast or 21)
        under = f"under {AA}:1, hard to see" if (worst.contrast or 21) < AA else f"under {AAA:g}:1"
        yield Fault(page, f"contrast of {worst.contrast:.1f}:1, {under}{place(worst)}")


def colours_unknown(doc: Doc) -> Iterator[Fault]:
    """CO-01: where the colour of the text or behind it is a pattern, somebody has to look."""
    for page, texts in by_page((t.page, t) for t in doc.texts() if t.contrast is None and not t.over_image):
        yield Fault(page, f"the contrast cannot be told{place(texts[0])}", "W")


def tints(doc: Doc) -> Iterator[Fault]:
    """CO-02, RNIB and ADCET: what is behind dark text is white, cream or a tint of at most about 10 %."""
    for page, texts in by_page((t.page, t) for t in doc.texts() if not _is_reversed(t) and _behind(t) < PALE):
        darkest = min(texts, key=_behind)
        yield Fault(page, f"behind the text it is too dark (luminance {_behind(darkest):.2f}){place(darkest)}")


def reversals(doc: Doc) -> Iterator[Fault]:
    """CO-04, RNIB: light text on dark is for large bold text only."""
    small = ((t.page, t) for t in doc.texts() if _is_reversed(t) and not (t.face.bold and t.size >= HEAVY - NEAR))
    for page, texts in by_page(small):
        yield Fault(page, f"light on dark, and not bold of {points(HEAVY)}{place(texts[0])}", "W")


def _behind(text: Text) -> float:
    return luminance(text.behind) if text.behind else 1.0


def _is_reversed(text: Text) -> bool:
    return text.colour is not None and luminance(text.colour) > _behind(text)


RULES = (
    Rule("LP-01", "UKAAF MS03 and G003; NHS Notify", body_size, folded=True),
    Rule("LP-01", "UKAAF MS03 and G003", squeezed, folded=True),
    Rule("LP-02", "UKAAF MS03 and G003; ACB", smallest, folded=True),
    Rule("LP-05", "UKAAF; RNIB; NHS service manual", italics, folded=True),
    Rule("LP-05", "UKAAF; RNIB; NHS service manual", underlines),
    Rule("LP-06", "UKAAF; RNIB; NHS service manual", capitals),
    Rule("LP-07", "RNIB; CNIB", light, folded=True),
    Rule("CO-01", "WCAG 2.2, 1.4.6; NHS service manual", contrasts, folded=True),
    Rule("CO-01", "WCAG 2.2, 1.4.6; NHS service manual", colours_unknown, folded=True),
    Rule("CO-02", "RNIB; ADCET", tints, folded=True),
    Rule("CO-04", "RNIB", reversals, folded=True),
)
