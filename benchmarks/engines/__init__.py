"""The engines, each a module with `PACKAGE` (its distribution), `NAME`, `NOTE` for the fairness notes, and

    build(text: str, look: Look) -> bytes

which makes a PDF of the Markdown. A module loads its engine when it is imported, so that a cold run counts that too.
"""

from importlib import import_module, metadata
from types import ModuleType

OURS = "ours"
NAMES = {
    "ours": "this program, audit and all",
    "ours_unaudited": "this program, without its audit",
    "with_typst": "Typst",
    "with_weasyprint": "WeasyPrint",
    "with_fpdf2": "fpdf2",
    "with_platypus": "ReportLab Platypus",
}
"""In the order of the tables."""
PACKAGES = {
    "with_typst": "typst",
    "with_weasyprint": "weasyprint",
    "with_fpdf2": "fpdf2",
    "with_platypus": "reportlab",
}
"""The distribution that each of the others is in."""


def engine(name: str) -> ModuleType:
    return import_module(f"benchmarks.engines.{name}")


def version(name: str) -> str:
    """Empty when it is not installed; ours has no version of its own here."""
    try:
        return metadata.version(PACKAGES[name]) if name in PACKAGES else "of this checkout"
    except metadata.PackageNotFoundError:
        return ""
