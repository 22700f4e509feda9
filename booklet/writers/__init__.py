"""The output formats. A new one is a line here and the module it names."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from booklet.model import Document
from booklet.paginate import Page
from booklet.theme import Stylesheet

Progress = Callable[[int, int], None]
"""Called with the pages done and the pages in all."""


def silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


WritePages = Callable[[Document, Stylesheet, list[Page], Progress], bytes]
WriteDocument = Callable[[Document, Stylesheet], bytes]


@dataclass(frozen=True)
class Format:
    """Paged formats are written from pages, reflowable ones leave after the document."""

    name: str
    label: str
    suffix: str
    paged: bool = False
    cells: bool = False
    """Paged by a layout of its own name, in cells and lines of braille and not on a sheet of print."""

    def write_pages(
        self, document: Document, sheet: Stylesheet, pages: list[Page], progress: Progress = silent
    ) -> bytes:
        write: WritePages = import_module(f"booklet.writers.{self.name}").write
        return write(document, sheet, pages, progress)

    def write_document(self, document: Document, sheet: Stylesheet) -> bytes:
        write: WriteDocument = import_module(f"booklet.writers.{self.name}").write
        return write(document, sheet)


FORMATS = {
    format.name: format
    for format in (
        Format("pdf", "Tagged PDF, to print or to read on a screen", ".pdf", paged=True),
        Format("text", "Plain text", ".txt"),
        Format("html", "One web page", ".html"),
        Format("braille", "Braille for an embosser or a braille display", ".brf", cells=True),
        Format("braille-contracted", "Contracted braille; needs liblouis", ".brf", cells=True),
    )
}
