"""Rules that lines and paragraphs show: what is divided, how long and how far apart (standards.md LP-08 to LP-12)."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median

from booklet.audit.document import Doc, Page, most
from booklet.audit.lines import Line, Paragraph
from booklet.audit.rules import Fault, Gate, Rule, by_page, place

MONTHS = "(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber"
UNITS = "mg|mcg|micrograms?|ml|millilitres?|g|grams?|kg|mm|cm|point|units?|per cent|%|°|C|am|pm"
DIVIDED = (
    ("a number", r"\d[)/\u2013-]?$", r"\(?\d"),
    ("a date", r"\b\d{1,2}(?:st|nd|rd|th)?$", rf"(?:{MONTHS})\b"),
    ("a date", rf"\b(?:{MONTHS})$", r"(?:19|20)\d\d\b"),
    ("an amount", r"\d$", rf"(?:{UNITS})(?![A-Za-z])"),
)
"""What ends one line and begins the next (standards.md LP-09)."""
ADDRESS = re.compile(r"(?:https?:|www\.|\w@|@\w)\S*$")
REST = re.compile(r"[./@?=&#_]|(?:uk|org|com|net|gov|nhs|ac|co)\b(?:[./]|$)")
"""What cannot begin a word, or is a later part of an address."""
LEADERS = re.compile(r"(?:\s?[.:·…]){4,}")
SPREAD = 0.06
"""Of word gaps, in sizes (LP-10)."""
FEW = 4
"""Lines that are too few to judge by."""
LONGEST, SHORTEST = 70, 28
"""Letters of a line (LP-11)."""
GUESS = 1.08
"""The width of a word is guessed from its letters: this much wider counts as too wide for a line."""
LEADING = 1.25
"""Baseline to baseline, in sizes (LP-12)."""
LARGER = 1.15
"""From this share of the size of the text on, it is a heading."""


def _pairs(doc: Doc) -> Iterator[tuple[Line, Line]]:
    """Lines of one paragraph that follow one another."""
    return (pair for paragraph in doc.paragraphs() for pair in pairwise(paragraph))


def hyphens(doc: Doc) -> Iterator[Fault]:
    """LP-08, UKAAF: words are not split onto two lines."""
    ends = re.compile(r"[A-Za-z][-\u00ad\u2010]$")
    for page, found in by_page((line.page, (line, after)) for line, after in _pairs(doc) if ends.search(line.text)):
        worst = next((pair for pair in found if not _too_wide(doc, *pair)), None)
        gate: Gate = "B" if worst else "W"
        yield Fault(page, f"a word divided at the end of a line{place((worst or found[0])[0])}", gate)


def divided(doc: Doc) -> Iterator[Fault]:
    """LP-09, UKAAF and NHS: numbers, dates, amounts and addresses stay on one line."""
    patterns = [(what, re.compile(end), re.compile(begin)) for what, end, begin in DIVIDED]
    addresses = [link.address for link in doc.links if link.address]
    for page, found in by_page((line.page, (line, after)) for line, after in _pairs(doc)):
        for line, after in found:
            if not _is_wide(line) or LEADERS.search(line.text):
                continue
            whats = (what for what, end, begin in patterns if end.search(line.text) and begin.match(after.text))
            what = "an address" if _address(line.text, after.text, addresses) else next(whats, None)
            if what:
                gate: Gate = "W" if _too_wide(doc, line, after) else "B"
                yield Fault(page, f"{what} over two lines{place(line)}", gate)


def _too_wide(doc: Doc, line: Line, after: Line) -> bool:
    """Whether what was divided could stand on no line: it is wider than the lines there have room for.

    A line of a table or of contents shares its width with what stands beside it, so there it cannot be told.
    """
    if line.tabular:
        return True
    end, begin = line.text.split()[-1], after.text.split()[0]
    wide = (line.x1 - line.x0) * len(end) / len(line.text) + (after.x1 - after.x0) * len(begin) / len(after.text)
    return wide * GUESS > max(each.x1 for each in doc.pages[line.page - 1].lines) - line.x0


def _is_wide(line: Line) -> bool:
    """Where no tags tell a cell of a table from a line, a line has three words."""
    return line.block >= 0 or len(line.text.split()) > 2


def _address(before: str, after: str, addresses: list[str]) -> bool:
    """A web or mail address that goes on, by its looks or by a link that says how it goes."""
    end, begin = before.split()[-1], after.split()[0]
    if ADDRESS.search(end) and (REST.match(begin) or end[-1] in "@=&?_"):
        return True
    return bool(re.search(r"[\w][./@]", end)) and any(end + begin.rstrip(".,;)") in address for address in addresses)


def gap_spread(page: Page) -> float:
    """How much the mean word gap differs between the lines of one face, but for the most unlike; 0 where there are few."""
    gaps: dict[str, list[float]] = {}
    for line in page.lines:
        if line.gap is not None and not (line.artifact or line.tabular or LEADERS.search(line.text)):
            gaps.setdefault(line.face, []).append(line.gap)
    ordered = [sorted(each)[len(each) >= 6 : -1 if len(each) >= 6 else None] for each in gaps.values()]
    return max((each[-1] - each[0] for each in ordered if len(each) >= FEW), default=0.0)


def justified(doc: Doc) -> Iterator[Fault]:
    """LP-10, UKAAF, RNIB, BDA and WCAG 1.4.8: the right edge is ragged, so that gaps between words are all alike."""
    for page in doc.pages:
        if (spread := gap_spread(page)) >= SPREAD:
            yield Fault(page.number, f"justified: the gaps between words vary by {spread:.2f} of the text size")


def centred(doc: Doc) -> Iterator[Fault]:
    """LP-10, UKAAF and RNIB: text begins at the left, and is not centred."""
    for page, paragraphs in by_page((each[0].page, each) for each in doc.paragraphs() if _is_centred(each)):
        yield Fault(page, f"centred{place(paragraphs[0][0])}")


def _is_centred(paragraph: Paragraph) -> bool:
    if len(paragraph) < 3 or paragraph[0].is_heading:
        return False
    lefts, middles = [line.x0 for line in paragraph], [line.x0 + line.x1 for line in paragraph]
    size = paragraph[0].size
    return max(lefts) - min(lefts) > size / 2 and max(middles) - min(middles) < 0.3 * size


def letters(line: Line) -> int:
    return len(LEADERS.sub(" ", line.text))


def running(doc: Doc) -> list[Line]:
    """Lines that go on to another, of paragraphs of three lines or more."""
    long = (each for each in doc.paragraphs() if len(each) > 2 and not each[0].tabular and not each[0].is_heading)
    return [line for paragraph in long for line in paragraph[:-1]]


def long_lines(doc: Doc) -> Iterator[Fault]:
    """LP-11, RNIB, BDA and WCAG 1.4.8: a line has at most 70 letters."""
    content = ((line.page, line) for page in doc.pages for line in page.lines if not line.artifact)
    for page, lines in by_page((page, line) for page, line in content if letters(line) > LONGEST):
        longest = max(lines, key=letters)
        yield Fault(page, f"a line of {letters(longest)} letters, over {LONGEST}{place(longest)}")


def short_lines(doc: Doc) -> Iterator[Fault]:
    """LP-11, APH: lines of fewer than 28 letters are tiring."""
    lengths = [letters(line) for line in running(doc)]
    if len(lengths) > 2 * FEW and median(lengths) < SHORTEST:
        yield Fault(None, f"lines of running text have {median(lengths):g} letters, under {SHORTEST}", "W")


def leading(doc: Doc, paragraphs: Iterable[Paragraph]) -> float:
    """The most common distance between baselines of running text, in sizes; 0 where there are few lines."""
    pairs = (pair for paragraph in paragraphs for pair in pairwise(paragraph) if not paragraph[0].is_heading)
    text = ((a, b) for a, b in pairs if abs(a.size - b.size) < 0.5 and a.size < LARGER * doc.body)
    found = [(a.y - b.y) / a.size for a, b in text if 0 < a.y - b.y < 3 * a.size]
    return most(((each, 1) for each in found), places=2) if len(found) >= FEW - 1 else 0.0


def tight(doc: Doc) -> Iterator[Fault]:
    """LP-12, CNIB, Round Table and WCAG 1.4.8: baselines are 1.25 sizes apart or more."""
    for page in doc.pages:
        apart = leading(doc, page.paragraphs)
        if 0 < apart < LEADING - 0.005:
            yield Fault(page.number, f"lines are {apart:.2f} of the text size apart, under {LEADING}")


RULES = (
    Rule("LP-08", "UKAAF G003; Round Table", hyphens),
    Rule("LP-09", "UKAAF MS03 and G003; NHS service manual", divided),
    Rule("LP-10", "UKAAF; RNIB; BDA; WCAG 2.2, 1.4.8", justified),
    Rule("LP-10", "UKAAF; RNIB; BDA; WCAG 2.2, 1.4.8", centred),
    Rule("LP-11", "RNIB; BDA; WCAG 2.2, 1.4.8", long_lines),
    Rule("LP-11", "APH", short_lines),
    Rule("LP-12", "CNIB; Round Table; ACB; WCAG 2.2, 1.4.8", tight),
)
