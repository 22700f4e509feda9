"""The writing rules that a program can judge: content-brief.md 6.1 to 6.5, standards.md 1.5."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from booklet.check.texts import Line, Style, Text
from booklet.errors import Problem
from booklet.library import Library

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_PLACES = (
    (r"\w+n't\b|should've", "A contraction.", "Write not, or have, in full (standards.md TX-12)."),
    (r"[\u2018\u2019\u201c\u201d]", "A curly quotation mark.", "Write it straight, as on the keyboard."),
    (r"\s[\u2013\u2014-]\s|\w[\u2014\u2013]\w", "A dash.", "Use a full stop, a comma or a colon."),
    (r"\b\d+\s?[-\u2013]\s?\d+\b", "A range with a dash.", 'Write "to": 3 to 4 weeks (standards.md TX-17).'),
    (r"\d\s?%|\bper ?cent\b", "A percentage.", "Write how many out of 100 people (content-brief.md 6.5)."),
    (r"!", "An exclamation mark.", "Use a full stop."),
    (r"\b\d+ (?:mg|mcg|ml|g|kg|cm|mm)\b", "A space before a unit.", "Write 200mg (standards.md TX-23)."),
    (rf"\b\d+(?:st|nd|rd|th) (?:{_MONTHS})", "A date.", "Write 6 August 2026 (standards.md TX-16)."),
    (r"\b\d+(?::00| am| pm| a\.m| p\.m)", "A time.", "Write 5pm or 5:30pm (standards.md TX-16)."),
    (r"\b0\d{8,}\b", "A phone number in one piece.", "Write it in groups: 0808 800 6000 (standards.md TX-18)."),
)
_ALL_HOURS = re.compile(r"\b24[ -]hour\b.{0,40}\b(?:help)?line\b|\b(?:help)?line\b.{0,40}\b24[ -]hour\b", re.IGNORECASE)
_WE = re.compile(r"(?<![\w'])(?:we|us|our|ours)(?![\w'])", re.IGNORECASE)
_RED = re.compile(r"\b(?:red|redness|redder)\b(?! (?:blood|cells))", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_TOLD = re.compile(r"\bcalled (?:the |a |an )?[^,.;]*|\b[\w-]+, which means\b")
"""A word of doctors that the sentence itself explains."""
_OF = re.compile(r"\b\d+ (?:in|out of) (?:every )?(\d[\d,]*)\b")
MOST_ITEMS = 7
MOST_SENTENCES = 3
FREE_LISTS = ("emergencies/call-now", "carers/what-to-watch-for")
"""Sections whose lists are longer than seven (content-brief.md 6.1 rule 8)."""


def check_words(text: Text, style: Style, library: Library) -> Iterator[Problem]:
    """Every rule about single lines and short runs of them."""
    for line in text.lines:
        yield from _listed(line, style)
        yield from _gated(line, style)
        yield from _forms(line)
        yield from _meaning(line)
        yield from _medicines(line, style, library)
    yield from _thresholds(text)
    yield from _one_denominator(text)
    if text.section:
        yield from _jargon(text, style, library)
        yield from _shapes(text)


@cache
def matcher(*phrases: str) -> re.Pattern[str]:
    """Any of some phrases of style.toml, as whole words; * stands for any ending."""
    words = "|".join(re.escape(phrase).replace(re.escape("*"), r"\w*") for phrase in phrases)
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def _listed(line: Line, style: Style) -> Iterator[Problem]:
    text = matcher(*style.allow["phrases"]).sub(" ", line.text)
    for listed, warning in ((style.banned, False), (style.discouraged, True)):
        for found, instead in _found(text, listed):
            if not (line.gated and found.lower() in ("terminal", "terminally")):
                yield Problem(f'"{found}" is a word to avoid.', instead, line.path, line.number, warning)
    for found, instead in _found(text, style.american):
        yield Problem(f'"{found}" is not British.', f"Write: {instead}.", line.path, line.number)


def _found(text: str, listed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not matcher(*listed).search(text):
        return
    for phrase, instead in listed.items():
        if match := matcher(phrase).search(text):
            yield match[0], instead


def _gated(line: Line, style: Style) -> Iterator[Problem]:
    if line.gated:
        return
    text = line.text
    for sentence in style.gated.get("allow", ()):
        text = text.replace(sentence, "")
    if not matcher(*style.gated["words"]).search(text):
        return
    for word in style.gated["words"]:
        if match := matcher(word).search(text):
            what = f'"{match[0]}" stands in text that everybody gets.'
            advice = "Leave it out, or put it behind a consent gate (content-brief.md 4.6)."
            yield Problem(what, advice, line.path, line.number)


def _forms(line: Line) -> Iterator[Problem]:
    """How dates, numbers and marks are written."""
    for pattern, what, advice in _PLACES:
        if match := re.search(pattern, line.text.replace("CA 15-3", "")):
            yield Problem(f"{what.rstrip('.')}: {match[0].strip()}.", advice, line.path, line.number)
    if re.search(r"\b3\d(?:\.\d)?(?: C|°C| ?degrees)", line.text):
        yield Problem("A temperature.", "Write 37.5C (content-brief.md 6.5).", line.path, line.number)


def _meaning(line: Line) -> Iterator[Problem]:
    if _ALL_HOURS.search(line.text):
        advice = "Do not promise hours: not every hospital has a line at night (content-brief.md 0.2)."
        yield Problem("A line for 24 hours is promised.", advice, line.path, line.number)
    if not line.inside("questions") and "table" not in line.boxes and (match := _WE.search(_QUOTED.sub("", line.text))):
        yield Problem(
            f'"{match[0]}": the NHS and the team are never "we".', "Write: your team.", line.path, line.number
        )
    if _RED.search(line.text) and "darker" not in line.text:
        advice = "Add: or darker than usual; this can be harder to see on brown or black skin."
        yield Problem("Skin that is called red and no more.", advice, line.path, line.number)
    if line.kind == "title" and line.text.endswith("."):
        yield Problem("A title with a full stop.", "Leave it out.", line.path, line.number)
    if line.kind == "heading":
        if line.text.endswith((".", "?", ":")):
            advice = "Write a label of a few words (standards.md TX-11)."
            yield Problem("A heading that ends like a sentence.", advice, line.path, line.number)
        names = re.findall(r"(?<=\s)[A-Z][a-z]+", line.text)
        if len(names) > 2:
            yield Problem(
                "A heading with capitals.", "Write it in sentence case.", line.path, line.number, warning=True
            )


def _medicines(line: Line, style: Style, library: Library) -> Iterator[Problem]:
    """Names of medicines live in one dated table (content-brief.md 0.2)."""
    if "table" in line.boxes:
        return
    named = {name.partition(" (")[0] for medicine in library.medicines.values() for name in medicine.examples}
    names = sorted(named - set(style.medicines["allow"]))
    for name in dict.fromkeys(matcher(*names).findall(line.text) if names else ()):
        advice = "Name its class, and put the name in medicines.toml."
        yield Problem(f'The medicine "{name}" is named.', advice, line.path, line.number)


def _thresholds(text: Text) -> Iterator[Problem]:
    """The temperature to call at: never 38 alone (content-brief.md 2.3)."""
    for run in _lists(text.lines):
        said = " ".join(line.text for line in run)
        if re.search(r"\b38(?:\.\d)?\s?°?C?\b", said) and "37.5" not in said:
            line = next(line for line in run if "38" in line.text)
            advice = "Write: 37.5C or higher, or below 36C (or the number on your alert card)."
            yield Problem("A temperature of 38 without 37.5 beside it.", advice, line.path, line.number)


def _one_denominator(text: Text) -> Iterator[Problem]:
    """Chances in one section are all out of the same number (standards.md TX-15); 1 in 5 people counts as a share."""
    numbers = {of: line for line in text.lines for of in _OF.findall(line.text) if int(of.replace(",", "")) >= 100}
    if len(numbers) > 1:
        line = list(numbers.values())[-1]
        yield Problem(
            f"Chances out of {' and out of '.join(numbers)}.", "Use one number in a section.", line.path, line.number
        )


def _jargon(text: Text, style: Style, library: Library) -> Iterator[Problem]:
    """Words of doctors that are not in brackets after the plain one and not in the glossary."""
    known = {form.lower() for term, entry in library.glossary.items() for form in (term, *entry.also)}
    for line in text.lines:
        said = _TOLD.sub(" ", re.sub(r"\([^)]*\)", " ", line.text))
        for found, instead in _found(said, style.jargon):
            if found.lower() not in known:
                yield Problem(f'"{found}" is a word of doctors.', f"Write: {instead}.", line.path, line.number)


def _lists(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    """Runs of list items with the line that leads to them; every other line alone."""
    run: list[Line] = []
    for line in lines:
        if run and (line.kind != "item" or (run[-1].kind == "item" and line.boxes != run[-1].boxes)):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _shapes(text: Text) -> Iterator[Problem]:
    """Lists and paragraphs: a lead-in with a colon, at most seven items, at most three sentences."""
    section = text.section
    if section is None:
        return
    for run in _lists(text.lines):
        items = [line for line in run if line.kind == "item"]
        lead = run[0] if run[0].kind != "item" else None
        if items and section.id not in FREE_LISTS:
            most = len(items) > MOST_ITEMS
            if most and not items[0].inside("write-in"):
                what = f"A list of {len(items)} items."
                yield Problem(
                    what, "Seven at most: make two lists (content-brief.md 6.1).", items[0].path, items[0].number
                )
            if lead and lead.kind == "paragraph" and lead.boxes == items[0].boxes and not lead.text.endswith(":"):
                advice = "End the line before the list with a colon."
                yield Problem("A list without a line that leads to it.", advice, items[0].path, items[0].number)
    for line in text.lines:
        if (
            line.kind == "paragraph"
            and len(re.findall(r"[.!?](?=\s|$)", line.text.replace("...", ""))) > MOST_SENTENCES
        ):
            what = "A paragraph of more than three sentences."
            yield Problem(what, "Make it two.", line.path, line.number)
