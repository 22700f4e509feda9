"""Our own engine without its audit, which no other engine has."""

from benchmarks import corpus
from benchmarks.look import Look
from booklet.fonts import Ruler
from booklet.paginate import paginate
from booklet.writers.pdf import write


def build(text: str, look: Look) -> bytes:
    """The look is the one that our own sheet was the source of."""
    document, sheet = corpus.document(text), corpus.sheet()
    return write(document, sheet, paginate(document, sheet, Ruler()), lambda done, total: None)
