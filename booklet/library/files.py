"""What each file in the content folder may say: the only declaration of its keys."""

import datetime
from datetime import date
from typing import Literal

import msgspec

Gate = Literal["none", "prognosis", "end_of_life", "end_of_life_detail", "prognosis_or_end_of_life"]
"""What a reader must have asked for before this prints (content-brief.md 4.6)."""
Code = Literal["V", "V-", "S", "MEM"]
"""How sure we are of a fact (content-brief.md 0.1)."""
Generated = Literal["", "question-list", "what-to-watch-for", "words", "organisations"]
"""The table that the program writes under the text of a section."""


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One statement of a section and what it rests on."""

    id: str
    text: str
    source: str
    code: Code
    checked: date
    recheck: date


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    date: date
    change: str


class Reviewer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who signed a section off (content-brief.md 5.3); all of it is needed before `clinical_signoff` may be true."""

    name: str = "none"
    role: str = "not clinically reviewed"
    body: str = ""
    """The registration body, such as "Nursing and Midwifery Council"."""
    date: datetime.date | None = None


class ReadingTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An exception to the thresholds of content-brief.md 6.6, with its reason."""

    fk_grade_max: float
    smog_max: float
    note: str


class FrontMatter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a section says about itself (content-brief.md 5.1)."""

    id: str
    number: int
    """Its place in the topic: never changed, never used again (standards.md LP-22)."""
    title: str
    summary: str
    layers: tuple[Literal["core", "more"], ...]
    audience: tuple[Literal["patient", "carer"], ...]
    """With both, the words for the reader are variables: {you}, {them}, {your}, {yours}, {yourself}."""
    last_reviewed: date
    next_review: date
    written_by: str
    changelog: tuple[Change, ...]
    generated: Generated = ""
    gate: Gate = "none"
    safety: bool = False
    """True for the locked sections and no others."""
    locked_blocks: tuple[str, ...] = ()
    """Names in locked.toml, printed in this order at the end of the core text."""
    medicines: tuple[str, ...] = ()
    """Rows of medicines.toml, printed at the end of the more layer."""
    terms: tuple[str, ...] = ()
    """The words of the glossary that this section uses."""
    see_also: tuple[str, ...] = ()
    clinical_signoff: bool = False
    reviewer: Reviewer = Reviewer()
    reading_target: ReadingTarget | None = None
    show_if: dict[str, tuple[str, ...]] = {}
    """Facts about the reader; where none of them holds, the short version prints, or nothing."""
    facts: tuple[Fact, ...] = ()

    @property
    def version(self) -> int:
        """Counts the changes, so that it cannot be forgotten."""
        return len(self.changelog)


class CitedSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    publisher: str
    url: str = ""
    date: str = "no date"
    read: str = "stored copy, 20 November 2026"
    gate: Gate = "none"
    """A title can tell what a reader did not ask to know."""


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named set of sections."""

    title: str
    summary: str
    sections: tuple[str, ...] = ()
    all: bool = False
    """Every section that is not behind a consent gate."""
    about: dict[str, str] = {}
    """Facts that the pack itself says, such as reader = "carer"."""


class OwnPack(Pack, frozen=True, forbid_unknown_fields=True):
    """A pack that somebody saved on this computer, or that a clinic shares."""


class TopicFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: int
    title: str


class ReaderFact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that may be known about the reader (content-brief.md 4.1): a flag and a question come of it."""

    label: str
    question: str
    default: str
    values: dict[str, str]
    many: bool = False
    gate: bool = False
    """A consent gate: whatever is not a clear yes keeps it closed."""
    after: str = ""
    """The fact that must be a yes before this one is asked about."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sections that join a booklet because of what was chosen or is known (content-brief.md 4.2 and 4.3)."""

    add: tuple[str, ...]
    chosen: tuple[str, ...] = ()
    """It holds when any of these topics or sections is in the booklet; empty: whatever is in it."""
    when: dict[str, tuple[str, ...]] = {}
    """It holds when any of these facts has any of these values; empty: whatever is known."""
    suggestion: bool = False
    """A person may leave these out again."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that the text of sections names in braces."""

    names: dict[str, str]
    voices: dict[str, dict[str, str]]
    """For each reader, what {you}, {them}, {your} and so on become (content-brief.md 4.5)."""


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word of the glossary."""

    definition: str
    group: str
    also: tuple[str, ...] = ()
    """Other forms that count as the same word: plurals, abbreviations, the medical twin."""
    explain: str = ""
    """What follows an abbreviation in brackets where a booklet first uses it."""
    core: bool = False
    gate: Gate = "none"


class Organisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    does: str
    source: str
    code: Code
    checked: date
    recheck: date
    phone: str = ""
    text: str = ""
    """What to write in a text message, and to which number."""
    email: str = ""
    web: str = ""
    nations: tuple[str, ...] = ()
    """Empty: the whole of the UK."""
    topics: tuple[str, ...] = ()
    """It prints where one of these topics does; "all": everywhere."""
    locked: bool = False
    """It prints in every booklet."""
    gate: Gate = "none"


Offered = Literal["yes", "no", "ask"]


class Medicine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class of medicines, its names, and whether the NHS of each nation offers it."""

    name: str
    examples: tuple[str, ...]
    who: str
    england: Offered
    """Also for Wales and Northern Ireland, which normally follow NICE."""
    england_note: str
    england_code: Literal["V", "V-", "MEM", "GAP"]
    scotland: Offered
    scotland_note: str
    scotland_code: Literal["V", "V-", "MEM", "GAP"]
    sources: tuple[str, ...]
    checked: date
    recheck: date


class ListedQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question of the question list (content-brief.md 3.5)."""

    text: str
    core: bool = False
    """One of the few that print with less detail."""
    topics: tuple[str, ...] = ()
    gate: Gate = "none"
    write_in: bool = False


class QuestionList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    questions: tuple[ListedQuestion, ...]


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rules: tuple[Rule, ...]


class WritingPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The front matter of a page to write on."""

    number: int
    title: str
