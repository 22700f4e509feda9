"""Pages and a tag tree to a tagged, archival PDF, through ReportLab's document classes.

Every private name of ReportLab that this program touches is in this module. What stock ReportLab
leaves undone for PDF/UA-1 and PDF/A-2a, and the mend, is listed in docs/pdf-ua.md.
"""

from calendar import timegm
from datetime import date
from typing import Any
from zlib import compress

from reportlab.pdfbase import pdfdoc, ttfonts
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObject,
    PDFPage,
    PDFResourceDictionary,
    PDFStream,
    PDFString,
)

from booklet import __version__, fonts
from booklet.model import ContentsEntry, Document, bookmarks
from booklet.paginate import Page
from booklet.theme import Stylesheet
from booklet.writers import Progress
from booklet.writers.draw import Painter
from booklet.writers.metadata import srgb_profile, xmp
from booklet.writers.tags import Annotation, Element, Mark, Tree

PRODUCER = f"booklet {__version__}"


def write(document: Document, sheet: Stylesheet, pages: list[Page], progress: Progress) -> bytes:
    """One file that is PDF/UA-1 and PDF/A-2a. Same document, stylesheet and pages: same bytes."""
    pdf = _document(document)
    tree = Tree(document)
    painter = Painter(sheet, tree, _Encoder(pdf))
    for page in pages:
        _add_page(pdf, sheet, page.number, painter.page(page))
        progress(page.number, len(pages))
    _Structure(pdf, tree, painter).attach()
    _outline(pdf, bookmarks(document.blocks), painter.places)
    _catalogue(pdf, document, sheet)
    for font in pdf.delayedFonts:
        font.addObjects(pdf)
    return bytes(pdf.format())


def _document(document: Document) -> PDFDocument:
    pdf = PDFDocument(invariant=1, compression=1, lang=document.language, pdfVersion=(1, 7))
    pdf._timeStamp = _Made(document.made)
    pdf.info.title, pdf.info.author, pdf.info.subject = document.title, "", ""
    pdf.info.creator = pdf.info.producer = PRODUCER
    pdf.info.invariant = 1
    return pdf


class _Made:
    """Stands in for ReportLab's time stamp, which asks the clock and SOURCE_DATE_EPOCH."""

    dhh = dmm = 0

    def __init__(self, made: date | int | None = None) -> None:
        day = made if isinstance(made, date) else date(2000, 1, 1)
        self.lt = day.timetuple()
        self.t, self.YMDhms = timegm(self.lt), tuple(self.lt)[:6]


class _Encoder:
    """Text to the codes of the subset that will be embedded."""

    def __init__(self, pdf: PDFDocument) -> None:
        self.pdf = pdf
        self.names: dict[tuple[str, int], str] = {}
        self.first: dict[str, dict[int, int]] = {}
        """The codes that characters of a face have in its first subset, as far as they were met."""

    def __call__(self, text: str, font: str) -> list[tuple[str, bytes]]:
        if not text:
            return []
        known = self.first.setdefault(font, {})
        if not known.keys() >= set(map(ord, text)):
            parts = fonts.face(font).splitString(text, self.pdf)  # gives new characters their codes, one at a time
            if [subset for subset, _ in parts] != [0]:
                return [(self.name(font, subset), codes) for subset, codes in parts]
            known.update(zip(map(ord, text), parts[0][1], strict=True))
        return [(self.name(font, 0), text.translate(known).encode("latin-1"))]

    def name(self, font: str, subset: int) -> str:
        if (font, subset) not in self.names:
            self.names[font, subset] = fonts.face(font).getSubsetInternalName(subset, self.pdf)
        return self.names[font, subset]


def _add_page(pdf: PDFDocument, sheet: Stylesheet, number: int, code: str) -> None:
    page = PDFPage()
    page.pagewidth, page.pageheight = sheet.page
    page.Resources = PDFResourceDictionary()
    page.Resources.basicFonts()
    page.Contents = PDFStream(content=compress(code.encode("latin-1")), filters=[])
    page.Contents.dictionary["Filter"] = PDFName("FlateDecode")
    page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
    page.StructParents, page.Tabs = number - 1, PDFName("S")
    pdf.updateSignature(code)
    pdf.addPage(page)


class _Raw(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """An object whose text is known: formatting thousands of ReportLab dictionaries takes most of a build."""

    def __init__(self, text: str = "") -> None:
        self.text = text

    def format(self, document: PDFDocument) -> bytes:
        return self.text.encode("latin-1")


def _register(pdf: PDFDocument, raw: _Raw) -> str:
    """Gives the object a number, and how others refer to it."""
    return f"{pdf.idToObjectNumberAndVersion[pdf.Reference(raw).name][0]} 0 R"


def _page(pdf: PDFDocument, number: int) -> str:
    return f"{pdf.idToObjectNumberAndVersion[f'Page{number}'][0]} 0 R"


def _string(pdf: PDFDocument, text: str) -> str:
    return str(PDFString(text).format(pdf).decode("latin-1"))


class _Structure:
    """Hangs the tag tree on the catalogue, the parent tree beside it, and the annotations on their pages."""

    def __init__(self, pdf: PDFDocument, tree: Tree, painter: Painter) -> None:
        self.pdf, self.tree, self.painter = pdf, tree, painter
        self.references: dict[Element, str] = {}
        self.annotated: list[str] = []
        """The element of each annotation, in the order of their keys in the parent tree."""
        self.on_page: dict[int, list[str]] = {}

    def attach(self) -> None:
        root = _Raw()
        top = self.element(self.tree.root, _register(self.pdf, root))
        parents = _register(self.pdf, _Raw(f"<< /Nums [{' '.join(self.parents())}] >>"))
        next_key = len(self.painter.owners) + len(self.annotated)
        root.text = (
            f"<< /Type /StructTreeRoot /K {top} /ParentTree {parents} /ParentTreeNextKey {next_key}"
            " /RoleMap << /Strong /Span >> >>"
        )
        self.pdf.Catalog.StructTreeRoot = self.pdf.Reference(root)
        self.pdf.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        for number, references in self.on_page.items():
            self.pdf.Pages.pages[number - 1].Annots = _Raw(f"[{' '.join(references)}]")

    def element(self, element: Element, parent: str) -> str:
        raw = _Raw()
        me = self.references[element] = _register(self.pdf, raw)
        home = next((kid.page for kid in element.kids if isinstance(kid, Mark)), None)
        parts = [f"<< /S /{element.role} /P {parent}"]
        if home is not None:
            parts.append(f"/Pg {_page(self.pdf, home)}")
        if element.attributes:
            owner = "List" if element.role == "L" else "Table"
            parts.append(f"/A << /O /{owner} {' '.join(f'/{k} /{v}' for k, v in element.attributes.items())} >>")
        if element.box:
            box = " ".join(f"{value:.2f}" for value in element.box)
            parts.append(f"/A << /O /Layout /Placement /Block /BBox [{box}] >>")
        if element.alt:
            parts.append(f"/Alt {_string(self.pdf, element.alt)}")
        raw.text = f"{' '.join(parts)} /K [{' '.join(self.kid(kid, me, home) for kid in element.kids)}] >>"
        return me

    def kid(self, kid: Element | Mark | Annotation, parent: str, home: int | None) -> str:
        match kid:
            case Element():
                return self.element(kid, parent)
            case Mark(page, mcid):
                return str(mcid) if page == home else f"<< /Type /MCR /Pg {_page(self.pdf, page)} /MCID {mcid} >>"
            case Annotation():
                return self.annotation(kid, parent)

    def annotation(self, kid: Annotation, parent: str) -> str:
        key = len(self.painter.owners) + len(self.annotated)
        self.annotated.append(parent)
        box = " ".join(f"{value:.2f}" for value in kid.box)
        me = _register(
            self.pdf,
            _Raw(
                f"<< /Type /Annot /Subtype /Link /Rect [{box}] /Border [0 0 0] /F 4 /StructParent {key}"
                f" /Contents {_string(self.pdf, kid.contents.strip())} {self.target(kid.href)} >>"
            ),
        )
        self.on_page.setdefault(kid.page, []).append(me)
        return f"<< /Type /OBJR /Obj {me} /Pg {_page(self.pdf, kid.page)} >>"

    def target(self, href: str) -> str:
        if href.startswith("#"):
            return _destination(self.pdf, self.painter.places[href[1:]])
        return f"/A << /S /URI /URI {_string(self.pdf, href)} >>"

    def parents(self) -> list[str]:
        """The parent tree: a page's row is the owner of each of its marks (ISO 32000-1 14.7.4.4)."""
        rows = [
            f"{key} [{' '.join(self.references[owner] for owner in owners)}]"
            for key, owners in enumerate(self.painter.owners)
        ]
        return rows + [f"{key} {element}" for key, element in enumerate(self.annotated, len(self.painter.owners))]


def _destination(pdf: PDFDocument, place: tuple[int, float]) -> str:
    page, height = place
    return f"/Dest [{_page(pdf, page)} /XYZ null {height:.2f} null]"


def _outline(pdf: PDFDocument, entries: list[ContentsEntry], places: dict[str, tuple[int, float]]) -> None:
    """A bookmark for each heading of level 1 and 2 (standards.md UA-12)."""
    root = _Raw()
    top = _register(pdf, root)
    items = [_Raw() for _ in entries]
    references = [_register(pdf, item) for item in items]
    parents = [top if entry.level == 1 else "" for entry in entries]
    for n, entry in enumerate(entries):
        if entry.level > 1:
            parents[n] = parents[n - 1] if entries[n - 1].level > 1 else references[n - 1]
    for n, entry in enumerate(entries):
        siblings = [m for m, parent in enumerate(parents) if parent == parents[n]]
        kids = [m for m, parent in enumerate(parents) if parent == references[n]]
        at = siblings.index(n)
        parts = [f"<< /Title {_string(pdf, entry.text)} /Parent {parents[n]} {_destination(pdf, places[entry.anchor])}"]
        parts += [f"/Prev {references[m]}" for m in siblings[max(at - 1, 0) : at]]
        parts += [f"/Next {references[m]}" for m in siblings[at + 1 : at + 2]]
        if kids:
            parts.append(f"/First {references[kids[0]]} /Last {references[kids[-1]]} /Count {len(kids)}")
        items[n].text = f"{' '.join(parts)} >>"
    tops = [m for m, parent in enumerate(parents) if parent == top]
    root.text = f"<< /Type /Outlines /First {references[tops[0]]} /Last {references[tops[-1]]} /Count {len(entries)} >>"
    pdf.Catalog.Outlines = pdf.Reference(root)


def _catalogue(pdf: PDFDocument, document: Document, sheet: Stylesheet) -> None:
    catalogue: Any = pdf.Catalog
    catalogue.PageMode = PDFName("UseOutlines")
    duplex = "/DuplexFlipLongEdge" if sheet.sides == "both" else "/Simplex"
    catalogue.ViewerPreferences = _Raw(f"<< /DisplayDocTitle true /PrintScaling /None /Duplex {duplex} >>")
    catalogue.PageLabels = _Raw("<< /Nums [0 << /S /D >>] >>")
    packet = PDFStream(content=xmp(document.title, document.language, document.made, PRODUCER, PRODUCER), filters=[])
    packet.dictionary["Type"], packet.dictionary["Subtype"] = PDFName("Metadata"), PDFName("XML")
    catalogue.Metadata = pdf.Reference(packet)
    profile = PDFStream(content=srgb_profile(), filters=[])
    profile.dictionary["N"] = 3
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB"),
            "Info": PDFString("sRGB"),
            "DestOutputProfile": pdf.Reference(profile),
        }
    )
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]
    catalogue.OutputIntents = PDFArray([intent])


def _to_unicode(font: str, subset: list[int]) -> str:
    """The map from codes to text that readers copy and speak from (ISO 32000-1 9.10.3).

    Stock ReportLab maps unused codes to U+0000, writes more than 100 entries in a block, and
    writes characters beyond the basic plane with five digits; all three are errors.
    """
    entries = [
        f"<{code:02X}> <{chr(value).encode('utf-16-be').hex().upper()}>" for code, value in enumerate(subset) if value
    ]
    blocks = [entries[n : n + 100] for n in range(0, len(entries), 100)]
    mapped = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"/CMapName /{font} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{mapped}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


def _format_stream(self: PDFStream, document: PDFDocument) -> bytes:
    """As ReportLab's, with an end of line before `endstream` (ISO 19005-2 6.1.7.1).

    CR LF, because data that ends in CR would make a lone LF ambiguous.
    """
    entries = PDFDictionary(self.dictionary.dict.copy())
    content = self.content if isinstance(self.content, bytes) else self.content.encode("latin-1")
    if self.filters:
        for each in reversed(self.filters):
            encoded = each.encode(content)
            content = encoded if isinstance(encoded, bytes) else encoded.encode("latin-1")
        entries["Filter"] = PDFArray([PDFName(each.pdfname) for each in self.filters])
    entries["Length"] = len(content)
    return bytes(entries.format(document)) + b"\nstream\n" + content + b"\r\nendstream\n"


ttfonts.makeToUnicodeCMap = _to_unicode
PDFStream.format = _format_stream
pdfdoc.TimeStamp = _Made
