"""A PDF, ours or anyone's, held against the large-print and accessibility rules that a PDF can show (standards.md 1.1 to 1.4).

What is on the pages is read first (`document`), with every matrix, colour and tag; each rule then is a small function in a
tuple of one of the four `rules_` modules. A new rule is a function there and its line in the tuple.
"""

from collections.abc import Iterator

import msgspec

from booklet.audit import rules_letters, rules_lines, rules_pages, rules_tags
from booklet.audit.document import Doc, read
from booklet.audit.geometry import MM
from booklet.audit.rules import Gate
from booklet.errors import printable

RULES = (*rules_letters.RULES, *rules_lines.RULES, *rules_pages.RULES, *rules_tags.RULES)
MOST = 5
"""Findings of one kind that a person is shown."""


class Finding(msgspec.Struct, frozen=True):
    """One place where a rule is broken."""

    rule: str
    """Its id in standards.md, such as LP-02."""
    gate: Gate
    """B: it must be mended. W: worth a second look."""
    page: int | None
    """None for the whole file."""
    what: str
    source: str
    """Who asks for it."""

    def __str__(self) -> str:
        place = f"Page {self.page}" if self.page else "Whole file"
        return f"{'' if self.gate == 'B' else 'Look again: '}{place}: {self.what} ({self.rule}; {self.source})"


class Report(msgspec.Struct, frozen=True):
    """What was found, and what was measured on the way."""

    pages: int
    findings: tuple[Finding, ...]
    """In the order of the rules, and of the pages for each."""
    measured: dict[str, float | str | None]
    """Sizes in points, distances in millimetres; None where there was nothing to measure."""

    @property
    def passed(self) -> bool:
        """Nothing must be mended."""
        return not any(finding.gate == "B" for finding in self.findings)

    def as_dict(self) -> dict[str, object]:
        """What `--json` prints."""
        return {"passed": self.passed, **msgspec.to_builtins(self)}

    def lines(self) -> Iterator[str]:
        """For people: what must be mended first; of many findings of one kind a few, and how many more there are."""
        kinds: dict[tuple[str, str], list[Finding]] = {}
        for finding in sorted(self.findings, key=lambda finding: finding.gate):
            kinds.setdefault((finding.gate, finding.rule), []).append(finding)
        for found in kinds.values():
            yield from map(str, found[:MOST])
            if len(found) > MOST:
                yield f"... and {len(found) - MOST} more ({found[0].rule})"


def audit(data: bytes, chosen: float | None = None) -> Report:
    """Hold a PDF against every rule; `chosen` is the text size that was asked for, in points.

    Raises RequestError for what is no PDF, or is locked.
    """
    doc = read(data, chosen)
    rules = [rule for rule in RULES if rule.folded or not doc.folded]
    findings = (
        Finding(rule.id, fault.gate, fault.page, printable(fault.what), rule.source)
        for rule in rules
        for fault in rule.judge(doc)
    )
    return Report(len(doc.pages), tuple(findings), _measured(doc))


def _measured(doc: Doc) -> dict[str, float | str | None]:
    contrasts = [text.contrast for text in doc.texts() if text.contrast]
    lengths = [rules_lines.letters(line) for page in doc.pages for line in page.lines if not line.artifact]
    running = [rules_lines.letters(line) for line in rules_lines.running(doc)]
    texts = [rules_pages.edge(text.box, page) for page in doc.pages for text in page.texts]
    leading = rules_lines.leading(doc, doc.paragraphs())
    return {
        "body size": doc.body or None,
        "smallest size": _rounded(min((text.size for text in doc.texts()), default=None)),
        "lowest contrast": _rounded(min(contrasts, default=None)),
        "leading": leading or None,
        "longest line": max(lengths, default=None),
        "typical line": sorted(running)[len(running) // 2] if running else None,
        "spread of word gaps": _rounded(max(map(rules_lines.gap_spread, doc.pages), default=None), 3),
        "text from the edge": _rounded(min((each / MM for each in texts), default=None)),
        "faces": printable(", ".join(sorted({text.face.name for text in doc.texts()}))),
        "tags": len(doc.tree.elements) if doc.tree else 0,
    }


def _rounded(value: float | None, places: int = 1) -> float | None:
    return None if value is None else round(value, places)
