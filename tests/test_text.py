from booklet import build
from booklet.compose import compose
from booklet.library import Library
from booklet.model import words
from tests.conftest import SAMPLE, request_for


def test_plain_text_has_every_word_in_order(library: Library) -> None:
    request = request_for(library, *SAMPLE)
    text = " ".join(build.build(library, request, "text").data.decode().split())
    at = 0
    for each in words(compose(library, request).blocks):
        found = text.find(" ".join(each.split()), at)
        table_header = each in ("Parts", "Checked", "Check again by")  # said again before each cell
        assert found >= 0 or table_header, each
        at = at if table_header else found


def test_plain_text_names_the_cell_before_its_text(library: Library) -> None:
    text = build.build(library, request_for(library, "breaks"), "text").data.decode()
    row = "Parts: 8.1, 8.2, 8.3, 18.1; Checked: 20 November 2026 (version 1); Check again by: 20 November 2028."
    assert row in text


def test_plain_text_has_no_page_numbers(library: Library) -> None:
    assert ", page" not in build.build(library, request_for(library, *SAMPLE), "text").data.decode()
