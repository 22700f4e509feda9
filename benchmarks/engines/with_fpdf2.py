"""fpdf2: markdown-it-py reads the Markdown, a cell is drawn for each block; it has no tags and no PDF/UA."""

import fpdf
from markdown_it.tree import SyntaxTreeNode

from benchmarks.engines.tree import first_number, read, rows
from benchmarks.look import Look, Style

FAMILY = "body"


class _Pdf(fpdf.FPDF):  # type: ignore[misc]  # it need not be installed where types are checked
    def __init__(self, look: Look) -> None:
        super().__init__(unit="pt", format=look.page)
        self.look = look
        self.c_margin = 0
        self.set_margins(look.left, look.top, look.right)
        self.set_auto_page_break(True, look.bottom)
        self.add_font(FAMILY, "", look.regular)
        self.add_font(FAMILY, "B", look.bold)
        self.add_font("fallback", "", look.fallback)
        self.set_fallback_fonts(["fallback"], exact_match=False)
        self.set_title(look.title)
        self.set_lang(look.language)

    def footer(self) -> None:
        self.set_font(FAMILY, "", self.look.body.size)
        self.set_y(-self.look.foot - self.look.body.size)
        self.cell(0, self.look.body.size, str(self.page_no()), align="C")


def build(text: str, look: Look) -> bytes:
    pdf = _Pdf(look)
    for node in read(text):
        _block(pdf, node, 0, look.body.below)
    return bytes(pdf.output())


def _block(pdf: _Pdf, node: SyntaxTreeNode, indent: float, below: float, label: str = "") -> None:
    look = pdf.look
    match node.type:
        case "heading":
            level = int(node.tag[1])
            style = look.headings[level - 1]
            if level == 1 or not pdf.page:
                pdf.add_page()
            else:
                pdf.ln(max(style.above - look.body.below, 0))
            pdf.start_section("".join(_plain(node)), level=min(level - 1, 1), strict=False)
            _write(pdf, f"**{_inline(node, bold=True)}**", style, indent, style.below)
        case "bullet_list" | "ordered_list":
            start = first_number(node)
            for n, item in enumerate(node.children):
                mark = "•" if start is None else f"{start + n}."
                for block in item.children:
                    _block(pdf, block, indent + look.indent, look.item, mark)
                    mark = ""
            pdf.ln(max(below - look.item, 0))
        case "table":
            pdf.set_font(FAMILY, "", look.body.size)
            with pdf.table(text_align="LEFT", markdown=True, line_height=look.body.leading) as table:
                for row in rows(node):
                    table.row([_inline(cell) for cell in row])
            pdf.ln(below)
        case _:
            _write(pdf, _inline(node), look.body, indent, below, label)


def _write(pdf: _Pdf, text: str, style: Style, indent: float, below: float, label: str = "") -> None:
    """A paragraph; its label hangs in the indent of its list."""
    pdf.set_font(FAMILY, "", style.size)
    if pdf.will_page_break(style.leading):
        pdf.add_page()
    if label:
        pdf.set_x(pdf.look.left + indent - pdf.look.indent)
        pdf.cell(pdf.look.indent, style.leading, label)
    pdf.set_x(pdf.look.left + indent)
    pdf.multi_cell(0, style.leading, text, align="L", markdown=True, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(below)


def _plain(node: SyntaxTreeNode) -> list[str]:
    return [node.content] if node.type == "text" else [text for child in node.children for text in _plain(child)]


def _inline(node: SyntaxTreeNode, bold: bool = False) -> str:
    """In fpdf2's own Markdown; within bold text no mark begins another."""
    written = ""
    for child in node.children:
        match child.type:
            case "inline":
                written += _inline(child, bold)
            case "softbreak" | "hardbreak":
                written += " " if child.type == "softbreak" else "\n"
            case "strong":
                written += _inline(child, True) if bold else f"**{_inline(child, True)}**"
            case "link":
                written += f"[{_inline(child, bold)}]({child.attrs['href']})"
            case _:
                written += child.content
    return written
