"""Small files that grow, nest or lead in circles when they are read: each is a function that makes the bytes."""

import logging
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

logging.getLogger("pikepdf").addHandler(logging.NullHandler())
N = 10_000


def plain_pdf(content: bytes = b"BT /F 16 Tf 50 500 Td (hello, page 1 of 1) Tj ET") -> bytes:
    return _saved(_page(content))


def _page(content: bytes) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(content)
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    page.Resources = Dictionary(Font=Dictionary(F=font))
    return pdf


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(
        out, fix_metadata_version=False, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
    )
    return out.getvalue()


def _packed(unit: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(unit) for _ in range(times)) + packer.flush()


def _content_bomb(unit: bytes) -> Callable[[], bytes]:
    """Fifty gigabytes in a megabyte."""

    def make() -> bytes:
        pdf = _page(b"")
        stream = pikepdf.Stream(pdf, _packed(unit * (10_000_000 // len(unit)), 100))
        stream.Filter = Name.FlateDecode
        pdf.pages[0].obj.Contents = Array([pdf.make_indirect(stream)] * 50)
        return _saved(pdf)

    return make


def _object_stream_bomb() -> bytes:
    raw = _packed(b" " * 10_000_000, 100)
    head = b"%%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 10/Filter/FlateDecode/Length %d>>stream\n" % len(raw)
    data = head + raw + b"\nendstream\nendobj\n"
    table = zlib.compress(bytes([0, 0, 0, 0, 255, 1]) + (9).to_bytes(3, "big") + bytes([0, 2, 0, 0, 1, 0]))
    about = b"<</Type/XRef/Size 3/W[1 3 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>" % len(table)
    return (
        data + b"3 0 obj\n" + about + b"stream\n" + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(data)
    )


def _pages(pages: bytes, more: bytes = b"") -> bytes:
    head = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n"
    return head + pages + b"\nendobj\n" + more + b"trailer<</Root 1 0 R/Size 9>>"


def _many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % n for n in range(3, 100_003))
    pages = b"".join(
        b"%d 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n" % n for n in range(3, 100_003)
    )
    return _pages(b"<</Type/Pages/Kids[" + kids + b"]/Count 100000>>", pages)


def _deep_pages() -> bytes:
    nested = b"".join(
        b"%d 0 obj\n<</Type/Pages/Kids[%d 0 R]/Count 1>>\nendobj\n" % (n, n + 1) for n in range(3, 50_000)
    )
    return _pages(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", nested)


def _form_bomb() -> bytes:
    """Forms that draw forms: twenty to the twelfth."""
    pdf = _page(b"/X Do")

    def form(content: bytes) -> pikepdf.Stream:
        stream = pdf.make_stream(content)
        stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        return stream

    inner = form(b"0 0 1 1 re f")
    for _ in range(11):
        outer = form(b"/X Do " * 20)
        outer.Resources = Dictionary(XObject=Dictionary(X=inner))
        inner = outer
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=inner))
    return _saved(pdf)


def _map_bomb(cmap: bytes) -> Callable[[], bytes]:
    def make() -> bytes:
        pdf = _page(b"BT /F 16 Tf 50 500 Td (hello) Tj ET")
        pdf.pages[0].obj.Resources.Font.F.ToUnicode = pdf.make_stream(cmap)
        return _saved(pdf)

    return make


def _width_bomb() -> bytes:
    pdf = _page(b"BT /F 16 Tf 50 500 Td (hello) Tj ET")
    inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.X, W=Array([0, 65535, 1] * 20_000))
    pdf.pages[0].obj.Resources.Font.F = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.X, DescendantFonts=Array([inner])
    )
    return _saved(pdf)


def _tag_bomb() -> bytes:
    pdf = _page(b"/P <</MCID 0>> BDC BT /F 16 Tf 50 500 Td (hello) Tj ET EMC")
    element = pdf.make_indirect(Dictionary(S=Name.Span, K=0, Pg=pdf.pages[0].obj))
    for n in range(20_000):
        element = pdf.make_indirect(Dictionary(S=Name.Table if n % 2 else Name.Span, K=Array([element])))
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=element)
    return _saved(pdf)


def _metadata_bomb() -> bytes:
    pdf = _page(b"")
    pdf.Root.Metadata = pdf.make_stream(_entities("x", "<x>&k;</x>").encode())
    return _saved(pdf)


def _entities(name: str, body: str) -> str:
    """The billion laughs."""
    nested = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    return f'<?xml version="1.0"?><!DOCTYPE {name} [<!ENTITY a "lol">{nested}]>{body}'


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">'
USES = "".join(f'<g id="g{n}">{f"""<use xlink:href="#g{n + 1}"/>""" * 10}</g>' for n in range(8))
ALL: dict[str, dict[str, Callable[[], bytes]]] = {
    "markdown": {
        "quotes": lambda: b"> " * N + b"x",
        "lists": lambda: b"- " * N + b"x",
        "stairs": lambda: b"\n".join(b"  " * n + b"- x" for n in range(220)),
        "brackets": lambda: b"[" * N + b"a" + b"]" * N,
        "links": lambda: b"[a](b" * N,
        "strong": lambda: b"**" * 4000 + b"a" + b"**" * 4000,
        "stars": lambda: b"*" * N + b"a" + b"*" * N,
        "boxes": lambda: b"\n".join(b":" * (n + 3) + b" note" for n in range(300, 0, -1)),
        "rows": lambda: b"|a|b|\n|-|-|\n" + b"|x\n" * N,
        "long": lambda: b"a" * 10_000_000,
    },
    "toml": {
        "arrays": lambda: b"a=" + b"[" * N + b"]" * N,
        "tables": lambda: b"a=" + b"{b=" * N + b"1" + b"}" * N,
        "dots": lambda: b".".join([b"a"] * 200_000) + b"=1",
        "quoted": lambda: b"".join([b'"a" . '] * N) + b"b=1",
        "headers": lambda: b"[" + b".".join([b"a"] * 100_000) + b"]",
        "number": lambda: b"a=" + b"9" * 100_000,
        "keys": lambda: b"".join(b"k%d=1\n" % n for n in range(50_000)),
        "long": lambda: b'a="' + b"x" * 50_000_000 + b'"',
    },
    "csv": {
        "columns": lambda: b"name," * 300_000 + b"\n",
        "rows": lambda: b"topics\n" + b"nothing\n" * 200_000,
        "cell": lambda: b'topics\n"' + b"x" * 1_500_000,
    },
    "svg": {
        "laughs": lambda: _entities("svg", f"{SVG}<text>&k;</text></svg>").encode(),
        "file": lambda: f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{SVG}<text>&a;</text></svg>'.encode(),
        "nested": lambda: (SVG + "<g>" * 6000 + "</g>" * 6000 + "</svg>").encode(),
        "uses": lambda: f'{SVG}<defs>{USES}<path id="g8" d="M0 0h1"/></defs><use xlink:href="#g0"/></svg>'.encode(),
        "circle": lambda: f'{SVG}<g id="a"><use xlink:href="#a"/></g></svg>'.encode(),
        "nowhere": lambda: f'{SVG}<path fill="black" d="M0 0A1 1 0 0 0 1e308 1e308"/></svg>'.encode(),
        "long": lambda: (SVG + '<path d="M0 0' + "l1 1" * 200_000 + '"/></svg>').encode(),
    },
    "pdf": {
        "spaces": _content_bomb(b" "),
        "operators": _content_bomb(b"q Q "),
        "objects": _object_stream_bomb,
        "pages": _many_pages,
        "deep pages": _deep_pages,
        "circle of pages": lambda: _pages(b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
        "forms": _form_bomb,
        "blocks": _map_bomb(b"beginbfchar" * 100_000),
        "open ranges": _map_bomb(b"beginbfrange" + b"<0><0>[" * 100_000 + b"endbfrange"),
        "ranges": _map_bomb(b"beginbfrange" + b"<0000><ffff><0041>" * 5000 + b"endbfrange"),
        "texts of a code": _map_bomb(b"beginbfrange<0000><ffff><" + b"0041" * 20_000 + b">endbfrange"),
        "widths": _width_bomb,
        "tags": _tag_bomb,
        "metadata": _metadata_bomb,
        "marks": lambda: plain_pdf(
            b"0 0 1 1 re f " * 50_000 + b"BT /F 16 Tf " + b"(hello) Tj 0 -1 Td " * 50_000 + b"ET"
        ),
        "arrays": lambda: plain_pdf(b"[" * 500_000),
        "line": lambda: plain_pdf(b"BT /F 16 Tf 50 50 Td (" + b"a@" * 400_000 + b" x) Tj ET"),
        "numbers": lambda: plain_pdf(
            b"9" * 400 + b" 0 0 1 0 0 cm BT /F 16 Tf (hello) Tj ET " + b"9" * 400 + b" 0 9 9 re f"
        ),
    },
}


def read(kind: str, data: bytes, path: Path) -> None:
    """As the program does when somebody gives it such a file. Raises BookletError."""
    from datetime import date

    from booklet import list_csv, settings
    from booklet.audit import audit
    from booklet.clinic import Clinic, read_clinic
    from booklet.library import Library
    from booklet.markdown import parse
    from booklet.paths import CONTENT
    from booklet.pictures import segments

    path.write_bytes(data)
    match kind:
        case "markdown":
            parse(settings.text_of(path), path)
        case "toml":
            read_clinic(path)
        case "csv":
            list_csv.read(Library.load(CONTENT), path, date(2026, 11, 21), Clinic())
        case "svg":
            segments(path)
        case "pdf":
            list(audit(data).lines())
