"""The table of medicines, as a reader in one nation needs it (content-brief.md 2.2)."""

from collections.abc import Iterator, Sequence

from booklet.about import NOT_SURE
from booklet.compose.text import bullets, month, text
from booklet.library.files import Medicine, Offered
from booklet.model import Block, Heading, Paragraph, Run, Runs

SAID: dict[Offered, str] = {
    "yes": "offered to some people",
    "no": "not offered when this was checked",
    "ask": "ask your team",
}
NATIONS = {"england": "England", "wales": "Wales", "northern_ireland": "Northern Ireland"}
"""Those that normally follow NICE."""


def medicines(rows: Sequence[Medicine], nation: str, note: str) -> Iterator[Block]:
    """Names and where they are offered, with the date of the check; `note` is the locked sentence that goes with it."""
    if not rows:
        return
    yield Heading(3, text("Names you may hear"))
    yield Paragraph(text(note))
    checked = min(row.checked for row in rows)
    yield Paragraph(text(f"This list was checked in {month(checked)}."), leads=True)
    yield bullets(_row(row, nation) for row in rows)


def _row(row: Medicine, nation: str) -> Runs:
    said = f": {', '.join(row.examples)}. For {row.who}. In the NHS: {'; '.join(_offers(row, nation))}."
    return (Run(row.name, strong=True), Run(said))


def _offers(row: Medicine, nation: str) -> Iterator[str]:
    if nation != "scotland":
        where = "England, Wales and Northern Ireland" if nation == NOT_SURE else NATIONS[nation]
        yield _offer(where, row.england, row.england_note)
    if nation in ("scotland", NOT_SURE):
        yield _offer("Scotland", row.scotland, row.scotland_note)


def _offer(where: str, offered: Offered, note: str) -> str:
    return f"{where}, {SAID[offered]}" + (f" ({note.rstrip('.')})" if note else "")
