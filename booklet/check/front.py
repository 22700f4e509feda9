"""Front matter, and how the parts of a section fit together (content-brief.md 3.1, 5.1 to 5.4)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from booklet import settings
from booklet.about import About
from booklet.check.texts import Text
from booklet.compose.end import terms_in
from booklet.errors import Problem
from booklet.library import Library, Section
from booklet.library.files import Fact
from booklet.library.links import unknown_conditions
from booklet.markdown import More, Short, Source, When
from booklet.model import Admonition, List, Paragraph, plain

ROLES = (
    "consultant oncologist",
    "clinical nurse specialist (secondary breast cancer)",
    "palliative medicine doctor or nurse",
    "pharmacist",
    "person with secondary breast cancer",
    "carer",
    "solicitor or adviser",
)
"""Who may sign a section off (content-brief.md 5.3)."""
UNSIGNED = "not clinically reviewed"
CLOCK = {
    "emergencies": 3,
    "organisations": 6,
    "planning-ahead": 6,
    "practical": 6,
    "treatments": 12,
    "side-effects": 12,
}
"""Months between two reviews (content-brief.md 5.4)."""
NORMAL = 24
SHORT = 6
"""Months after which a fact from a weak source is looked at again."""
SOON = timedelta(days=30)
TITLE, SUMMARY, KEY_POINT = 45, 20, 15
CORE, MORE = 190, 250
_ACTION = re.compile(
    r"(?:^|[.:] |- |\*\*)(?:Keep taking|(?:Do not |Never )?(?:[Tt]ake|[Ss]tart|[Ss]top|[Ss]kip)) (?!part|here|with)[^.]*"
    r"\b(?:medicines?|tablets?|painkillers?|steroids?|dose|paracetamol|ibuprofen|injections?|laxatives?|them)\b"
)
"""A sentence that tells its reader to take, start or stop a medicine."""
_BARE = re.compile(r"(?<![{\w])(?:you|your|yours|yourself)(?![}\w])", re.IGNORECASE)


def check_dates(section: Section, today: date) -> Iterator[Problem]:
    """Reviews that are overdue or too far away, and facts to look at again."""
    meta, path = section.meta, section.path
    line = settings.line_with(path, "next_review")
    if meta.next_review < today:
        yield Problem(f"This was due to be reviewed by {meta.next_review}.", "Review it.", path, line)
    elif meta.next_review < today + SOON:
        yield Problem(f"This is due to be reviewed by {meta.next_review}.", "", path, line, warning=True)
    months = CLOCK.get(section.id.partition("/")[0], NORMAL)
    if meta.next_review > _later(meta.last_reviewed, months):
        what = f"next_review: more than {months} months after last_reviewed."
        yield Problem(what, "Bring it forward (content-brief.md 5.4).", path, line)
    for fact in meta.facts:
        where = settings.line_with(path, f'id = "{fact.id}"')
        if fact.recheck < today:
            yield Problem(f"{fact.id} was due to be looked at again by {fact.recheck}.", "Do it.", path, where)
        if fact.recheck > _later(fact.checked, SHORT if _is_weak(fact) else NORMAL):
            what = f"{fact.id}: recheck is too far away for a fact with code {fact.code}."
            yield Problem(what, f"At most {SHORT} months." if _is_weak(fact) else "At most 24 months.", path, where)
    for earlier, later in pairwise(meta.changelog):
        if later.date < earlier.date:
            yield Problem(
                "changelog: the newest change stands last.", "Sort it.", path, settings.line_with(path, "[[changelog]]")
            )
    if not meta.changelog:
        yield Problem("changelog: it is empty.", "Add what was done and when.", path, 2)


def check_rows(library: Library, folders: tuple[Path, ...], today: date) -> Iterator[Problem]:
    """Rows of the tables that are due to be looked at again."""
    dated = {
        "organisations.toml": {id: row.recheck for id, row in library.organisations.items()},
        "medicines.toml": {id: row.recheck for id, row in library.medicines.items()},
    }
    for name, rows in dated.items():
        for id, recheck in rows.items():
            if recheck < today:
                path = next((f / name for f in reversed(folders) if (f / name).is_file()), folders[0] / name)
                what = f"{id} was due to be looked at again by {recheck}."
                yield Problem(what, "Do it.", path, settings.line_with(path, f"[{id}]"))


def _is_weak(fact: Fact) -> bool:
    return fact.code in ("V-", "MEM")


def _later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, min(day.day, 28)) + timedelta(days=3)


def check_sign_off(section: Section) -> Iterator[Problem]:
    """Nothing is called reviewed that nobody reviewed (content-brief.md 5.2 and 5.3)."""
    meta, path = section.meta, section.path
    reviewer = meta.reviewer
    line = settings.line_with(path, "clinical_signoff")
    if meta.clinical_signoff:
        complete = reviewer.name not in ("", "none") and reviewer.role in ROLES and reviewer.body and reviewer.date
        if not complete:
            what = "clinical_signoff: a sign-off needs a reviewer with a name, a role, a registration body and a date."
            yield Problem(what, f"The roles are: {'; '.join(ROLES)}.", path, line)
    elif reviewer.role != UNSIGNED:
        yield Problem(f'reviewer: without clinical_signoff the role is "{UNSIGNED}".', "", path, line)
    if meta.safety and not meta.clinical_signoff:
        for fact in meta.facts:
            if fact.code == "MEM":
                what = f"{fact.id}: a locked section rests on a fact from memory."
                advice = "Find a source, take it out, or have it signed off."
                yield Problem(what, advice, path, settings.line_with(path, f'id = "{fact.id}"'))
    seen: set[str] = set()
    for fact in meta.facts:
        if fact.id in seen:
            yield Problem(f"{fact.id}: two facts have this id.", "Give the newer one another.", path)
        seen.add(fact.id)


def check_shape(section: Section, unknown: About) -> Iterator[Problem]:
    """The parts that every section has, and how long they may be (content-brief.md 3.1).

    Of alternatives, the length counts that is for a reader of whom nothing is known.
    """
    meta, path, blocks = section.meta, section.path, section.blocks
    has_more = any(isinstance(block, More) for block in blocks)
    if has_more != ("more" in meta.layers) and not meta.generated:
        advice = 'Write layers = ["core", "more"].' if has_more else 'Write layers = ["core"], or add ::: more.'
        yield Problem("layers: this does not say what the text below has.", advice, path, 2)
    if len(meta.title) > TITLE:
        what = f"title: {len(meta.title)} letters, at most {TITLE}."
        yield Problem(what, "Make it shorter.", path, settings.line_with(path, "title"))
    if len(meta.summary.split()) > SUMMARY or not meta.summary.endswith("."):
        what = f"summary: one sentence of at most {SUMMARY} words."
        yield Problem(what, "Make it shorter, and end it with a full stop.", path, settings.line_with(path, "summary"))
    parts = [part for block in blocks for part in (block.blocks if isinstance(block, When) else (block,))]
    boxes = [block for block in parts if isinstance(block, Admonition)]
    kinds: list[str] = [box.kind for box in boxes]
    if section.is_always_there or meta.generated:
        return
    for kind, fewest, most in (("key-points", 3, 5), ("questions", 3, 5)):
        if (kind not in kinds or kinds.count(kind) > 2) and not (
            kind == "questions" and (meta.safety or section.id.startswith("carers/"))
        ):
            yield Problem(f"There is no ::: {kind} box, or more than one.", "Every section has one.", path)
        for box in boxes:
            if box.kind == kind:
                items = _items(box)
                if not fewest <= len(items) <= most:
                    yield Problem(f"::: {kind} has {len(items)} items.", f"{fewest} to {most} are enough.", path)
                yield from _odd_items(kind, items, path)
    is_for_patients = "patient" in meta.audience
    if "get-help" in kinds and is_for_patients and not meta.safety and "worried" not in meta.locked_blocks:
        yield Problem("locked_blocks: a section with signs ends with the worried line.", 'Add "worried".', path)
    if section.id.startswith("treatments/") and "medicines" not in meta.locked_blocks:
        yield Problem("locked_blocks: a treatment ends with the medicines line.", 'Add "medicines".', path)
    core = sum(_count(block, unknown) for block in blocks if not isinstance(block, More | Short | Admonition))
    more = sum(_count(block, unknown) for block in blocks if isinstance(block, More))
    if core > CORE:
        yield Problem(f"The core text has {core} words.", "180 are enough.", path, warning=True)
    if more > MORE:
        yield Problem(f"The more layer has {more} words.", "250 are enough.", path, warning=True)


def _items(box: Admonition) -> list[str]:
    lists = [block for block in box.blocks if isinstance(block, List)]
    return [
        plain(inner.runs)
        for block in lists
        for item in block.items
        for inner in item.blocks
        if isinstance(inner, Paragraph)
    ]


def _odd_items(kind: str, items: list[str], path: Path) -> Iterator[Problem]:
    for item in items:
        line = settings.line_with(path, item[:40])
        if kind == "questions" and not item.endswith("?"):
            yield Problem("A question without a question mark.", "End it with one.", path, line)
        if kind == "key-points" and len(item.split()) > KEY_POINT:
            yield Problem(f"A key point of {len(item.split())} words.", f"At most {KEY_POINT}.", path, line)


def _count(block: Source, unknown: About) -> int:
    match block:
        case When(fact, values, blocks):
            shown = fact in unknown and unknown.meets({fact: values})
            return sum(_count(inner, unknown) for inner in blocks) if shown else 0
        case More(blocks) | Short(blocks):
            return sum(_count(inner, unknown) for inner in blocks)
        case List(items):
            return sum(_count(inner, unknown) for item in items for inner in item.blocks)
        case Paragraph(runs):
            return len(plain(runs).split())
        case _:
            return 0


def check_conditions(section: Section, library: Library, unknown: About) -> Iterator[Problem]:
    """Not sure shows more, never less (content-brief.md 4.3)."""
    meta, path = section.meta, section.path
    if meta.show_if and not unknown.meets(meta.show_if):
        what = "show_if: a reader of whom nothing is known would not get this."
        advice = 'Add "not_sure" to one of its facts.'
        yield Problem(what, advice, path, settings.line_with(path, "[show_if]"))
    for when in _whens(section.blocks):
        problems = list(unknown_conditions("when", {when.fact: when.values}, library, path, when.line))
        yield from problems
        fact = library.reader_facts.get(when.fact)
        open_ended = fact is not None and not fact.gate and "not_sure" in fact.values
        if not problems and (open_ended or fact is None) and "not_sure" not in when.values:
            what = f"when {when.fact}: a reader of whom it is not known would not get this."
            yield Problem(what, "Add not_sure.", path, when.line)


def _whens(blocks: tuple[Source, ...]) -> Iterator[When]:
    for block in blocks:
        match block:
            case When():
                yield block
            case More(inner):
                yield from (part for part in inner if isinstance(part, When))
            case _:
                pass


def check_voice(section: Section) -> Iterator[Problem]:
    """A section for patients and carers names its reader by variables, and tells only patients about medicines.

    content-brief.md 4.5: a carer is never told to take, start or stop a medicine.
    """
    if set(section.meta.audience) != {"patient", "carer"} or section.is_always_there or section.meta.generated:
        return
    boxes: list[str] = []
    for n, line in enumerate(section.source.split("\n"), section.first_line):
        if line.startswith(":::"):
            name = line.strip(": ")
            boxes = [*boxes, name] if name else boxes[:-1]
            continue
        if any(box.startswith(("questions", "when reader=")) for box in boxes):
            continue
        if bare := _BARE.search(line.replace("when you press it", "")):
            what = f'"{bare[0]}" does not change for a carer.'
            yield Problem(what, "Write {you}, {them}, {your}, {yours} or {yourself}.", section.path, n)
        if _ACTION.search(line):
            what = "A carer would be told what to do with a medicine."
            yield Problem(what, "Put it in ::: when reader=patient (content-brief.md 4.5).", section.path, n)


def check_terms(text: Text, library: Library) -> Iterator[Problem]:
    """The words of the glossary that a section uses are those it lists."""
    section = text.section
    if section is None or section.is_always_there:
        return
    used = set(terms_in(" ".join(line.text for line in text.lines), library.glossary))
    line = settings.line_with(section.path, "terms =")
    for term in library.glossary:
        if term in used and term not in section.meta.terms:
            yield Problem(f'terms: this uses "{term}".', "Add it.", section.path, line)
        if term not in used and term in section.meta.terms:
            yield Problem(f'terms: this does not use "{term}".', "Take it out.", section.path, line)
