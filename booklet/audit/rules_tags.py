"""Rules that tags, fonts and the catalogue show: what a screen reader needs (standards.md UA-01 to UA-07, UA-12)."""

import re
from collections.abc import Iterable, Iterator

from booklet.audit.document import Doc, Link
from booklet.audit.faces import UNMAPPED, Face
from booklet.audit.rules import Fault, Rule, by_page, counted, place
from booklet.audit.tree import HEADINGS, Tree

LANGUAGE = "en-GB"
KIDS = {
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}
"""What may stand in a list and in a table (ISO 32000-1 14.8.4.3)."""


def readable(doc: Doc) -> Iterator[Fault]:
    """UA-08, ISO 32000-1: what this program cannot read it has not judged, and says so."""
    for page in doc.pages:
        if page.faults:
            yield Fault(page.number, f"{counted(len(page.faults), 'fault')} in the content, such as {page.faults[0]}")


def language(doc: Doc) -> Iterator[Fault]:
    """UA-01, PDF/UA-1 7.2: the catalogue names the language, British English."""
    if doc.catalogue.language.lower() != LANGUAGE.lower():
        yield Fault(None, f"the language is {doc.catalogue.language or 'not set'}; it should be {LANGUAGE}")


def tagged(doc: Doc) -> Iterator[Fault]:
    """UA-02, PDF/UA-1 6.2 and 7.1: marked, with a tree of tags."""
    if not doc.catalogue.marked:
        yield Fault(None, "not marked as tagged (/MarkInfo)")
    if doc.tree is None or not doc.tree.elements:
        yield Fault(None, "not tagged: there is no tree of tags, so that nothing is read in its order")


def unmarked(doc: Doc) -> Iterator[Fault]:
    """UA-02, PDF/UA-1 7.1: everything that is painted is tagged or an artifact."""
    lost = dict(by_page((t.page, t) for t in doc.texts() if _is_lost(doc.tree, t.owner)))
    for page in doc.pages:
        texts, others = page.unmarked
        if texts:
            yield Fault(page.number, f"{counted(texts, 'text')} neither tagged nor an artifact")
        elif page.number in lost:
            yield Fault(page.number, f"text in no element of the tree{place(lost[page.number][0])}")
        elif others:
            yield Fault(page.number, f"{counted(others, 'mark')} neither tagged nor an artifact")


def _is_lost(tree: Tree | None, owner: object) -> bool:
    return tree is not None and owner is not None and owner not in tree.of


def titled(doc: Doc) -> Iterator[Fault]:
    """UA-03, PDF/UA-1 5 and 7.1: a title, in both places and shown, and a file that says it is PDF/UA-1."""
    catalogue = doc.catalogue
    if not catalogue.title:
        yield Fault(None, "no title in the document information")
    if not catalogue.title_in_metadata:
        yield Fault(None, "no dc:title in the metadata")
    if not catalogue.shows_title:
        yield Fault(None, "/DisplayDocTitle is not true: the file name is read instead of the title")
    if catalogue.ua_part != "1":
        yield Fault(None, "does not say that it is PDF/UA-1 (pdfuaid:part)")


def _faces(doc: Doc) -> Iterator[tuple[int, Face]]:
    """Each face, and the first page that shows it."""
    seen: set[tuple[str, bool, bool]] = set()
    for text in doc.texts():
        key = text.face.name, text.face.embedded, text.face.mapped
        if key not in seen:
            seen.add(key)
            yield text.page, text.face


def fonts(doc: Doc) -> Iterator[Fault]:
    """UA-04, PDF/UA-1 7.21: every font is embedded, and its codes can be told as letters."""
    for page, face in _faces(doc):
        if not face.embedded:
            yield Fault(page, f"the font {face.name} is not embedded: another may take its place")
        if not face.mapped:
            why = "has no map to Unicode" + (", but a usual encoding" if face.usual else ": it cannot be read aloud")
            yield Fault(page, f"the font {face.name} {why}", "W" if face.usual else "B")
    for page, texts in by_page((text.page, text) for text in doc.texts() if UNMAPPED in text.text and text.face.mapped):
        yield Fault(page, f"letters without a meaning in Unicode{place(texts[0])}")


def headings(doc: Doc) -> Iterator[Fault]:
    """UA-05, PDF/UA-1 7.4.2: headings begin at H1 and skip no level."""
    level, any_heading = 0, False
    for index, element in enumerate(doc.tree.elements if doc.tree else ()):
        any_heading = any_heading or element.role in HEADINGS
        if element.role in HEADINGS and element.role != "H":
            now = int(element.role[1:])
            if now > level + 1:
                after = f"after H{level}" if level else "as the first heading"
                yield Fault(_page_of(doc, index), f"{element.role} {after}: a level is skipped")
            level = now
    if doc.tree and doc.tree.elements and not any_heading:
        yield Fault(None, "no headings among the tags", "W")


def lists_and_tables(doc: Doc) -> Iterator[Fault]:
    """UA-05, PDF/UA-1 7.2 and 7.5: lists and tables are built as they should be."""
    tree = doc.tree
    for index, element in enumerate(tree.elements if tree else ()):
        assert tree is not None
        strange = {tree.elements[kid].role for kid in tree.kids.get(index, ())} - KIDS.get(element.role, set())
        if element.role in KIDS and strange:
            yield Fault(_page_of(doc, index), f"{min(strange)} straight inside {element.role}")
        if element.role == "Table":
            cells = [tree.elements[each] for each in tree.inside(index)]
            if not any(cell.role == "TH" for cell in cells):
                yield Fault(_page_of(doc, index), "a table without header cells (TH)")
            elif not all(cell.scope for cell in cells if cell.role == "TH"):
                yield Fault(_page_of(doc, index), "a header cell does not say what it heads (Scope)")


def figures(doc: Doc) -> Iterator[Fault]:
    """UA-06, PDF/UA-1 7.3: figures and formulas say what they show."""
    for index, element in enumerate(doc.tree.elements if doc.tree else ()):
        if element.role in ("Figure", "Formula") and not element.said:
            yield Fault(_page_of(doc, index), f"a {element.role.lower()} without a text that says what it shows (Alt)")


def links(doc: Doc) -> Iterator[Fault]:
    """UA-07, PDF/UA-1 7.18: links are in the tree and described; the tab key follows the tags."""
    elements = doc.tree.elements if doc.tree else []
    tagged = {key for element in elements if element.role in ("Link", "Annot") for key in element.annotations}
    for page, found in by_page((link.page, link) for link in doc.links):
        if lost := sum(link.key not in tagged for link in found):
            yield Fault(page, f"{counted(lost, 'link')} in no Link of the tree")
        if silent := sum(not link.contents for link in found):
            yield Fault(page, f"{counted(silent, 'link')} without a description (Contents)")
        if not doc.pages[page - 1].by_structure:
            yield Fault(page, "the tab key does not follow the tags (/Tabs /S)")


def printed_addresses(doc: Doc) -> Iterator[Fault]:
    """UA-07: who reads on paper sees the address of each link."""
    shown = {page.number: _bare("".join(line.text for line in page.lines)) for page in doc.pages}
    for page, found in by_page((link.page, link) for link in _outward(doc.links)):
        hidden = [link for link in found if _bare(re.sub(r"^\w+:(//)?", "", link.address)) not in shown[page]]
        if hidden:
            yield Fault(page, f"an address is not printed{place(hidden[0])}")


def _outward(links: Iterable[Link]) -> Iterator[Link]:
    return (link for link in links if link.address)


def _bare(text: str) -> str:
    return re.sub(r"[\s()+]|www\.|^\+?44|/$", "", text.lower())


def bookmarks(doc: Doc) -> Iterator[Fault]:
    """UA-12, good practice: a bookmark for each heading of the first level at least, and page labels."""
    tops = sum(element.role == "H1" for element in doc.tree.elements) if doc.tree else 0
    if doc.catalogue.bookmarks < max(tops, 1) and len(doc.pages) > 1:
        had = counted(doc.catalogue.bookmarks, "bookmark")
        yield Fault(None, f"{had} for {counted(tops, 'heading')} of level 1", "W")
    if not doc.catalogue.page_labels:
        yield Fault(None, "no page labels: a viewer may count otherwise than the paper", "W")


def _page_of(doc: Doc, index: int) -> int | None:
    """Of the first mark of an element, or inside it."""
    assert doc.tree is not None
    for each in (index, *doc.tree.inside(index)):
        for home, _ in doc.tree.elements[each].owners:
            if isinstance(home, int) and home:
                return home
    return None


RULES = (
    Rule("UA-01", "PDF/UA-1, 7.2", language),
    Rule("UA-02", "PDF/UA-1, 6.2 and 7.1", tagged),
    Rule("UA-02", "PDF/UA-1, 7.1", unmarked),
    Rule("UA-03", "PDF/UA-1, 5 and 7.1", titled),
    Rule("UA-04", "PDF/UA-1, 7.21", fonts),
    Rule("UA-05", "PDF/UA-1, 7.4.2", headings),
    Rule("UA-05", "PDF/UA-1, 7.2 and 7.5", lists_and_tables),
    Rule("UA-06", "PDF/UA-1, 7.3", figures),
    Rule("UA-07", "PDF/UA-1, 7.18", links),
    Rule("UA-07", "standards.md, from practice", printed_addresses),
    Rule("UA-08", "ISO 32000-1", readable),
    Rule("UA-12", "good practice", bookmarks),
)
