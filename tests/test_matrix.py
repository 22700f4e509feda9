"""Reading preferences together: every pair of choices is in one of these booklets, each valid and large print."""

import itertools
import random

import page as validator
import pytest

from booklet import build
from booklet.errors import RequestError
from booklet.library import Library
from booklet.paths import CONTENT
from booklet.theme import Preference
from tests.conftest import request_for
from tests.pdfwalk import Walk

LIBRARY = Library.load(CONTENT)
PREFERENCES = build.preferences()
Row = dict[str, str]
FEWEST = 60


def works(row: Row) -> bool:
    """Whether the choices go together (product.md section 3)."""
    return all(
        row[other] in allowed
        for key, value in row.items()
        for other, allowed in PREFERENCES[key].choices[value].only.items()
        if other in row
    )


def pairs(row: Row) -> set[tuple[tuple[str, str], tuple[str, str]]]:
    return set(itertools.combinations(sorted(row.items()), 2))


def pairwise(preferences: dict[str, Preference]) -> list[Row]:
    """Rows in which every two choices that go together meet at least once; the same rows every time."""
    dice = random.Random(1)
    every = [
        ((a, x), (b, y))
        for a, b in itertools.combinations(sorted(preferences), 2)
        for x in preferences[a].choices
        for y in preferences[b].choices
        if works({a: x, b: y})
    ]
    wanted, rows = set(every), list[Row]()
    while wanted or len(rows) < FEWEST:
        best: Row = {}
        for _ in range(40):
            row = {key: dice.choice(list(preference.choices)) for key, preference in preferences.items()}
            if wanted:
                row |= dict(min(wanted))
            row = mended(row, dict(min(wanted)) if wanted else {})
            if works(row) and len(pairs(row) & wanted) >= len(pairs(best) & wanted):
                best = row
        if best:
            rows.append(best)
            wanted -= pairs(best)
    return rows


def mended(row: Row, kept: Row) -> Row:
    """The row with what clashes changed, as far as `kept` allows."""
    for key, value in list(row.items()):
        for other, allowed in PREFERENCES[key].choices[value].only.items():
            if row[other] not in allowed and other not in kept:
                row = {**row, other: allowed[0]}
    return row


ROWS = pairwise(PREFERENCES)


def test_every_pair_of_choices_that_go_together_is_in_the_matrix() -> None:
    met = set().union(*(pairs(row) for row in ROWS))
    for a, b in itertools.combinations(sorted(PREFERENCES), 2):
        for x in PREFERENCES[a].choices:
            for y in PREFERENCES[b].choices:
                assert (((a, x), (b, y)) in met) == works({a: x, b: y})
    assert len(ROWS) >= FEWEST


def check(row: Row) -> None:
    request = request_for(LIBRARY, "breaks/taking-a-break", **{key.replace("-", "_"): v for key, v in row.items()})
    data = build.build(LIBRARY, request).data
    for profile in ("ua1", "2a"):
        assert validator.validate_pdf_bytes(data, profile=profile).is_compliant, row
    walk = Walk(data)
    assert walk.faults == []
    assert min(shown.size for shown in walk.shown) >= float(row["text-size"])


@pytest.mark.parametrize("n", range(0, len(ROWS), 12))
def test_a_sample_of_the_matrix_is_valid(n: int) -> None:
    check(ROWS[n])


@pytest.mark.slow
@pytest.mark.parametrize("n", range(len(ROWS)))
def test_the_whole_matrix_is_valid(n: int) -> None:
    check(ROWS[n])


def test_what_does_not_go_together_is_refused() -> None:
    with pytest.raises(RequestError):
        build.check_preferences(request_for(LIBRARY, "breaks", paper="A3", text_size="16"))
