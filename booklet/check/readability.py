"""How hard a text is to read, by counting: a smoke alarm, not proof (content-brief.md 6.6).

The scores are Flesch-Kincaid grade and SMOG. Every heading and list item counts as a sentence of its own. No
library fits: textstat fetches a dictionary at its first use, and counts the letters of hyphens as syllables.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from booklet.check.texts import Line, Text
from booklet.errors import Problem

EXACT = {
    "secondary": 4, "medicine": 3, "medicines": 3, "oestrogen": 3, "diarrhoea": 4, "anaemia": 4, "lymphoedema": 5,
    "hypercalcaemia": 6, "oncologist": 4, "area": 3, "radiotherapy": 6, "chemotherapy": 5, "immunotherapy": 6,
    "trastuzumab": 4, "deruxtecan": 4, "sacituzumab": 5, "govitecan": 4, "capecitabine": 5, "letrozole": 3,
    "anastrozole": 4, "exemestane": 4, "fulvestrant": 3, "palbociclib": 4, "ribociclib": 4, "abemaciclib": 5,
    "capivasertib": 5, "elacestrant": 4, "alpelisib": 4, "denosumab": 4, "pembrolizumab": 5, "atezolizumab": 6,
    "every": 2, "different": 2, "anything": 3, "being": 2, "someone": 2, "something": 2, "sometimes": 2, "usually": 4,
    "people": 2, "clothes": 1, "diet": 2, "trial": 2, "trials": 2, "science": 2, "fluid": 2, "idea": 3, "ideas": 3,
    "create": 2, "quiet": 2, "ideal": 3, "serious": 3, "period": 3, "material": 4, "radiation": 4, "appreciate": 4,
    "life": 1,
}  # fmt: skip
"""Syllables of words that the rule gets wrong."""
NEEDED = re.compile(
    r"\b(secondary|chemotherapy|radiotherapy|immunotherapy|oestrogen|palliative|hospital|hospice|temperature|"
    r"medicines?|paracetamol|menopause|clinical|physiotherapists?|occupational therapists?|dietitians?|antibody|"
    r"conjugates?|[a-z]+(?:mab|tecan|ciclib|zole|lisib|sertib|parib|strant))\b",
    re.IGNORECASE,
)
"""Terms that no plainer word can stand for: the masked score leaves them out."""
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'\u2019.\-]*[A-Za-z0-9]|[A-Za-z0-9]")
_LONG = 25
"""Words of the longest sentence that may print."""


@dataclass(frozen=True)
class Score:
    words: int
    sentences: int
    grade: float
    """Flesch-Kincaid: a US school grade. Add 5 for a reading age."""
    smog: float
    masked: float
    """The grade without the terms that cannot be avoided."""
    mean: float
    longest: int
    polysyllables: float
    """Words of three syllables or more, in 100."""


@dataclass(frozen=True)
class Limits:
    grade: float
    smog: float
    target: tuple[float, float]
    """Grade and SMOG to aim for."""
    warn: float = 99.0
    masked: float | None = None


FIRST = Limits(5.0, 8.5, (4.5, 8.0), 4.5)
EMERGENCIES = Limits(6.0, 9.0, (5.0, 8.5), 5.0)
HARDER = Limits(8.0, 10.5, (6.5, 9.5), 7.0, 6.5)
OTHERS = Limits(7.0, 10.0, (5.5, 8.5), 6.0)
JOINED = Limits(7.0, 10.0, (6.0, 9.0))


def limits(id: str) -> Limits:
    """What the text of a section is held against (content-brief.md 6.6, "Thresholds")."""
    if id in ("emergencies/call-now", "emergencies/my-numbers", "carers/what-to-watch-for"):
        return FIRST
    topic = id.partition("/")[0]
    if topic == "emergencies":
        return EMERGENCIES
    if topic in ("treatments", "tests", "trials") or id.startswith("understanding/types-"):
        return HARDER
    return OTHERS


@cache
def syllables(word: str) -> int:
    word = word.lower().strip("'\u2019-")
    if "-" in word:
        return sum(syllables(part) for part in word.split("-") if part)
    word = re.sub(r"['\u2019]s$", "", word)
    if word in EXACT:
        return EXACT[word]
    if re.search(r"\d", word):
        return 1
    word = re.sub(r"[^a-z]", "", word)
    count = len(re.findall(r"[aeiouy]+", word))
    if count > 1 and word.endswith("e") and not word.endswith(("le", "ee", "ae", "oe")):
        count -= 1
    if count > 1 and word.endswith("es") and not re.search(r"(s|x|z|ch|sh|g|c)es$", word):
        count -= 1
    if count > 1 and word.endswith("ed") and not re.search(r"[td]ed$", word):
        count -= 1
    return max(1, count)


def sentences(line: str) -> list[str]:
    """The sentences of one line; a line without a full stop is one all the same."""
    closed = line if line.rstrip('"')[-1:] in ".!?" else line.rstrip(":;,") + "."
    parts = re.split(r"(?<=[.!?])\s+|(?<=[.!?]\")\s+", closed)
    return [sentence for sentence in parts if re.search(r"\w", sentence)]


def score(lines: Iterable[str]) -> Score | None:
    """The scores of some lines, None when there is not a word in them."""
    lines = [line for line in lines if line]
    said = [sentence for line in lines for sentence in sentences(line)]
    found = [word for sentence in said for word in _WORD.findall(sentence)]
    if not found:
        return None
    counts = [syllables(word) for word in found]
    many = sum(count >= 3 for count in counts)
    masked = [NEEDED.sub("thing", sentence) for sentence in said]
    plain = [word for sentence in masked for word in _WORD.findall(sentence)]
    return Score(
        words=len(found),
        sentences=len(said),
        grade=_grade(len(found), len(said), sum(counts)),
        smog=1.043 * math.sqrt(many * 30 / len(said)) + 3.1291,
        masked=_grade(len(plain), len(said), sum(syllables(word) for word in plain)),
        mean=len(found) / len(said),
        longest=max(len(sentence.split()) for sentence in said),
        polysyllables=100 * many / len(found),
    )


def _grade(words: int, sentences: int, syllables: int) -> float:
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def body(text: Text) -> list[Line]:
    return [line for line in text.lines if line.kind not in ("title", "summary")]


def check_section(text: Text, locked: frozenset[str]) -> Iterator[Problem]:
    """One section against its thresholds; `locked` are sentences whose words are fixed, however long."""
    found = score(line.text for line in body(text))
    if found is None or text.section is None:
        return
    meta, limit = text.section.meta, limits(text.section.id)
    most = meta.reading_target
    grade, smog = (most.fk_grade_max, most.smog_max) if most else (limit.grade, limit.smog)
    for name, value, bound in (
        ("Flesch-Kincaid grade", found.grade, grade),
        ("SMOG", found.smog, smog),
        ("Flesch-Kincaid grade without the terms it needs", found.masked, limit.masked or 99.0),
        ("mean length of a sentence", found.mean, 14.0),
        ("share of long words", found.polysyllables, 13.0),
    ):
        if value > bound:
            what = f"This is too hard to read: {name} {value:.1f}, at most {bound:g}."
            yield Problem(what, "Use shorter sentences and everyday words.", text.path)
    if grade >= found.grade > limit.warn:
        what = f"This is near the limit: Flesch-Kincaid grade {found.grade:.1f}, best under {limit.target[0]:g}."
        yield Problem(what, "", text.path, warning=True)
    for line in body(text):
        for sentence in sentences(line.text):
            length = len(sentence.split())
            if length > 20 and sentence.rstrip(".") not in locked:
                what = f"A sentence of {length} words."
                yield Problem(what, "Make it two.", text.path, line.number, warning=length <= _LONG)


def check_topic(topic: str, texts: list[Text]) -> Iterator[Problem]:
    """The sections of a topic joined, where SMOG is reliable."""
    found = score(line.text for text in texts for line in body(text))
    if found:
        for name, value, bound in (("grade", found.grade, JOINED.grade), ("SMOG", found.smog, JOINED.smog)):
            if value > bound:
                what = f"The topic {topic} is too hard to read as a whole: {name} {value:.1f}, at most {bound:g}."
                yield Problem(what, "Make its hardest sections plainer.", texts[0].path.parent)
