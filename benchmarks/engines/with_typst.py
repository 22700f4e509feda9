"""Typst: markdown-it-py reads the Markdown, which becomes Typst's own markup; tagged as PDF/UA-1 and PDF/A-2a."""

import re
from pathlib import Path

import typst
from markdown_it.tree import SyntaxTreeNode

from benchmarks.engines.tree import first_number, read, rows
from benchmarks.look import Look, Style

STANDARDS = ["ua-1", "a-2a"]
_SPECIAL = re.compile(r"([\\#$*_`<>@\[\]~=+\-/])")
_FIRST = re.compile(r"^(\d+)\.")


def build(text: str, look: Look) -> bytes:
    source = _settings(look) + "\n\n".join(_block(node) for node in read(text))
    folder = str(Path(look.regular).parent)
    data = typst.compile(source.encode(), font_paths=[folder], ignore_system_fonts=True, pdf_standards=STANDARDS)
    assert isinstance(data, bytes)
    return data


def _settings(look: Look) -> str:
    """Every line is one em high, so that `leading` and `spacing` are what lies between two lines."""
    width, height = look.page
    body, gap = look.body, look.body.leading - look.body.size
    lang, _, region = look.language.partition("-")
    margins = f"left: {look.left}pt, right: {look.right}pt, top: {look.top}pt, bottom: {look.bottom}pt"
    face = f'font: ("{look.family}", "DejaVu Sans"), size: {body.size}pt, lang: "{lang}", region: "{region}"'
    lines = [
        f'#set document(title: "{look.title}")',
        f'#set page(width: {width}pt, height: {height}pt, margin: ({margins}), numbering: "1")',
        f"#set text({face}, top-edge: 0.75em, bottom-edge: -0.25em)",
        "#set smartquote(enabled: false)",
        f"#set par(leading: {gap}pt, spacing: {body.below + gap}pt)",
        f'#set list(marker: "•", body-indent: {look.indent / 2}pt, spacing: {look.item + gap}pt)',
        f"#set enum(body-indent: {look.indent / 2}pt, spacing: {look.item + gap}pt)",
        "#set table(stroke: (bottom: 1pt), align: left)",
        "#show heading.where(level: 1): it => pagebreak(weak: true) + it",
        *(_heading(level, style, gap) for level, style in enumerate(look.headings, 1)),
    ]
    return "\n".join(lines) + "\n\n"


def _heading(level: int, style: Style, gap: float) -> str:
    at = f"#show heading.where(level: {level}): set "
    return (
        f"{at}text(size: {style.size}pt)\n{at}par(leading: {style.leading - style.size}pt)\n"
        f"{at}block(above: {style.above + gap}pt, below: {style.below + gap}pt)"
    )


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "heading":
            return f"{'=' * int(node.tag[1])} {_words(node)}"
        case "bullet_list" | "ordered_list":
            start = first_number(node)
            return "\n".join(
                _item("-" if start is None else f"{start + n}.", item) for n, item in enumerate(node.children)
            )
        case "table":
            header, *body = ["".join(f"[{_words(cell)}]," for cell in row) for row in rows(node)]
            columns = ", ".join(["1fr"] * len(rows(node)[0]))
            return f"#table(columns: ({columns},), table.header({header}), {' '.join(body)})"
        case _:
            return _words(node)


def _item(label: str, item: SyntaxTreeNode) -> str:
    return f"{label} " + "\n\n".join(map(_block, item.children)).replace("\n", "\n  ")


def _words(node: SyntaxTreeNode) -> str:
    return _FIRST.sub(r"\1\\.", _inline(node).strip())


def _inline(node: SyntaxTreeNode) -> str:
    written = ""
    for child in node.children:
        match child.type:
            case "inline":
                written += _inline(child)
            case "softbreak" | "hardbreak":
                written += " " if child.type == "softbreak" else "#linebreak();"
            case "strong":
                written += f"#strong[{_inline(child)}];"
            case "link":
                written += f'#link("{child.attrs["href"]}")[{_inline(child)}];'
            case _:
                written += _SPECIAL.sub(r"\\\1", child.content)
    return written
