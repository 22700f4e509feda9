"""Strips made into others: kept together, framed, said again."""

from collections.abc import Iterator

from msgspec.structs import replace

from booklet.paginate.types import LINE, Frame, Strip


def together(strips: list[Strip], last: int) -> Iterator[Strip]:
    """The lines of one paragraph, heading or item; `last` says how the whole keeps to what follows."""
    for n, strip in enumerate(strips):
        yield replace(strip, keep=max(last, strip.keep) if n == len(strips) - 1 else LINE)


def framed(strip: Strip, frame: Frame) -> Strip:
    """A strip, and what is repeated above it, inside a frame."""
    head = tuple(framed(each, frame) for each in strip.head)
    return replace(strip, frames=(frame, *strip.frames), head=head)


def as_artifact(strip: Strip) -> Strip:
    """A strip set again on a later page, where it is no longer content."""
    pieces = tuple(replace(piece, owner=None) for piece in strip.pieces)
    return replace(strip, pieces=pieces, anchor="", keep=LINE, head=(), lead=0)
