"""Where a block that one page cannot hold goes on: only between its units, and never with a lonely sign."""

from collections.abc import Sequence
from functools import cache

from booklet.paginate.fill import end_of
from booklet.paginate.types import Strip

_PAGE, _LONELY, _NO_SIGN = 1.0, 1000.0, 0.5
"""What another page costs, a page with one sign on it, a page without any."""


def share(
    units: Sequence[Sequence[Strip]],
    signs: Sequence[bool],
    titles: tuple[Sequence[Strip], Sequence[Strip]],
    feet: Sequence[Sequence[Strip]],
    depth: float,
) -> set[int]:
    """The units that begin a page, the first of all included.

    `titles` are the heading of the first page and of the next ones; `feet` what stands at the foot
    when signs follow and when only other text does. The fewest pages win, then the most even ones,
    but no page has a single sign on it if any division avoids that.
    """

    @cache
    def best(begin: int) -> tuple[float, tuple[int, ...]]:
        if begin == len(units):
            return 0.0, ()
        options = []
        for end in range(begin + 1, len(units) + 1):
            used = end_of([*titles[begin > 0], *(strip for unit in units[begin:end] for strip in unit)])
            if end < len(units):
                used += end_of([Strip((), 0, below=units[end - 1][-1].below), *feet[not any(signs[end:])]])
            if used > depth and end > begin + 1:
                continue  # a page that ends later has a shorter foot, or none
            count = sum(signs[begin:end])
            cost = _PAGE + (1 - used / depth) ** 2 / 10
            cost += _LONELY if count == 1 else 0.0
            cost += _NO_SIGN if count == 0 else 0.0
            rest, starts = best(end)
            options.append((cost + rest, (begin, *starts)))
        return min(options)

    return set(best(0)[1])
