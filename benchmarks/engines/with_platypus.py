"""ReportLab Platypus: markdown-it-py reads the Markdown; paragraphs, tables and bookmarks; it has no tags and no PDF/UA."""

from io import BytesIO
from typing import Any

from markdown_it.tree import SyntaxTreeNode
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Table, TableStyle

from benchmarks.engines.tree import first_number, marked_up, read, rows
from benchmarks.look import Look, Style

FAMILY = "body"


class _Template(BaseDocTemplate):  # type: ignore[misc]  # ReportLab has no types
    """Pages with a number, and a bookmark for each heading of level 1 and 2."""

    def __init__(self, file: BytesIO, look: Look) -> None:
        super().__init__(file, pagesize=look.page, title=look.title, lang=look.language)
        height = look.page[1] - look.top - look.bottom
        frame = Frame(look.left, look.bottom, look.measure, height, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate(frames=[frame], onPage=self._foot))
        self.look, self.marks = look, 0

    def _foot(self, canvas: Any, _: Any) -> None:
        canvas.setFont(FAMILY, self.look.body.size)
        canvas.drawCentredString(self.look.page[0] / 2, self.look.foot, str(canvas.getPageNumber()))

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802  ReportLab's name
        level = getattr(flowable, "level", 0)
        if 1 <= level <= 2:
            self.marks += 1
            self.canv.bookmarkPage(str(self.marks))
            self.canv.addOutlineEntry(flowable.getPlainText(), str(self.marks), level - 1)


def build(text: str, look: Look) -> bytes:
    for name, file in ((FAMILY, look.regular), (f"{FAMILY}-Bold", look.bold)):
        pdfmetrics.registerFont(TTFont(name, file))
    pdfmetrics.registerFontFamily(FAMILY, FAMILY, f"{FAMILY}-Bold", FAMILY, f"{FAMILY}-Bold")
    body = _style("Body", look.body)
    headings = [_style(f"H{n}", style, heading=True) for n, style in enumerate(look.headings, 1)]
    story = [flowable for node in read(text) for flowable in _block(node, body, headings, look)]
    made = BytesIO()
    _Template(made, look).build(story[1:] if isinstance(story[0], PageBreak) else story)
    return made.getvalue()


def _style(name: str, style: Style, heading: bool = False) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=f"{FAMILY}-Bold" if heading else FAMILY,
        fontSize=style.size,
        leading=style.leading,
        spaceBefore=style.above,
        spaceAfter=style.below,
        keepWithNext=heading,
    )


def _block(node: SyntaxTreeNode, body: ParagraphStyle, headings: list[ParagraphStyle], look: Look) -> list[Any]:
    match node.type:
        case "heading":
            level = int(node.tag[1])
            heading = Paragraph(_words(node), headings[level - 1])
            heading.level = level
            return [PageBreak(), heading] if level == 1 else [heading]
        case "bullet_list" | "ordered_list":
            return _list(node, body, headings, look)
        case "table":
            cells = [[Paragraph(_words(cell), body) for cell in row] for row in rows(node)]
            rules = TableStyle([("LINEBELOW", (0, 0), (-1, -1), 1, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
            return [Table(cells, style=rules, repeatRows=1, colWidths=[look.measure / len(cells[0])] * len(cells[0]))]
        case _:
            return [Paragraph(_words(node), body)]


def _list(node: SyntaxTreeNode, body: ParagraphStyle, headings: list[ParagraphStyle], look: Look) -> list[Any]:
    start, left = first_number(node), body.leftIndent
    inside = ParagraphStyle(
        "Item", body, leftIndent=left + look.indent, bulletIndent=left, bulletFontSize=body.fontSize,
        bulletFontName=FAMILY, spaceAfter=look.item,
    )  # fmt: skip
    story: list[Any] = []
    for n, item in enumerate(node.children):
        first, *others = item.children
        story.append(Paragraph(_words(first), inside, bulletText="•" if start is None else f"{start + n}."))
        story += [flowable for block in others for flowable in _block(block, inside, headings, look)]
    story[-1].style = ParagraphStyle("Last", story[-1].style, spaceAfter=body.spaceAfter)
    return story


def _words(node: SyntaxTreeNode) -> str:
    return marked_up(node, lambda href, text: f'<a href="{href}">{text}</a>', "b", "<br/>")
