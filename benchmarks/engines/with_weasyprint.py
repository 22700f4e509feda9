"""WeasyPrint: markdown-it-py makes HTML, a style sheet says the look; tagged as PDF/UA-1."""

from pathlib import Path

from weasyprint import HTML

from benchmarks.engines.tree import reader
from benchmarks.look import Look, Style


def build(text: str, look: Look) -> bytes:
    page = (
        f'<!doctype html><html lang="{look.language}"><head><title>{look.title}</title>'
        f"<style>{_css(look)}</style></head><body>{reader().render(text)}</body></html>"
    )
    data = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    return bytes(data)


def _css(look: Look) -> str:
    faces = ((look.family, look.regular, 400), (look.family, look.bold, 700), ("fallback", look.fallback, 400))
    rules = [
        f"@font-face {{ font-family: '{family}'; src: url('{Path(file).as_uri()}'); font-weight: {weight} }}"
        for family, file, weight in faces
    ]
    width, height = look.page
    rules.append(
        f"@page {{ size: {width}pt {height}pt; margin: {look.top}pt {look.right}pt {look.bottom}pt {look.left}pt;"
        f" @bottom-center {{ content: counter(page); font: {look.body.size}pt '{look.family}' }} }}"
    )
    rules.append(f"body {{ margin: 0; font-family: '{look.family}', fallback; {_style(look.body)} }}")
    rules.append(f"p, ul, ol, table {{ margin: 0 0 {look.body.below}pt }}")
    rules.append(f"ul, ol {{ padding-left: {look.indent}pt }} li, li p {{ margin-bottom: {look.item}pt }}")
    rules.append(f"table {{ border-collapse: collapse; width: 100% }} td, th {{ padding-bottom: {look.item}pt;")
    rules.append("text-align: left; vertical-align: top; border-bottom: 1pt solid }")
    for level, style in enumerate(look.headings, 1):
        rules.append(f"h{level} {{ {_style(style)}; margin: {style.above}pt 0 {style.below}pt }}")
    rules.append("h1 { break-before: page }")
    return "\n".join(rules)


def _style(style: Style) -> str:
    return f"font-size: {style.size}pt; line-height: {style.leading}pt"
