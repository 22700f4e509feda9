"""Our own engine: read, paginated, written as PDF/UA-1 and PDF/A-2a, and held against the rules for large print."""

from benchmarks import corpus
from benchmarks.engines import ours_unaudited
from benchmarks.look import Look
from booklet.audit import audit


def build(text: str, look: Look) -> bytes:
    data = ours_unaudited.build(text, look)
    audit(data, float(corpus.SIZE))
    return data
