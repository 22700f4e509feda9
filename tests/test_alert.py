"""The alert sheet and the wallet card: the locked words, their sizes on paper, and that both are made together (PR-09)."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import page as validator
import pikepdf
import pytest

from booklet import alert, alert_command, build, fonts, paths, theme
from booklet.__main__ import run
from booklet.audit.document import Doc, read
from booklet.clinic import Clinic
from booklet.compose import MY_NUMBERS, call_now, my_numbers
from booklet.errors import ExitCode, LayoutError, RequestError
from booklet.library import Library
from booklet.model import Heading, words
from booklet.paginate import Page, paginate
from booklet.paths import CONTENT
from booklet.personal import Personal
from booklet.theme import MM
from tests.conftest import MADE
from tests.pdfwalk import Walk

LIBRARY = Library.load(CONTENT)
FACES = ("atkinson", "lexend", "inclusive", "noto")
PERSON = Personal("Canary Bird", nurse="Nurse Wren", phone_day="020 7946 0000", temperature="37.5C")
CARD = alert.load_card(paths.LAYOUTS / "card.toml")


def made(clinic: Clinic | None = None, **chosen: str) -> tuple[bytes, bytes]:
    preferences = {key.replace("_", "-"): value for key, value in chosen.items()}
    return alert_command.alert_sheet_and_card(LIBRARY, preferences, MADE, clinic or Clinic(), PERSON)


def panel(face: str = "atkinson", weight: str = "regular") -> theme.Stylesheet:
    values = theme.variables(CARD, build.preferences(), {"typeface": face, "weight": weight})
    return alert.panel_sheet(CARD, values, theme.load_typefaces(paths.TYPEFACES))


def panels(face: str = "atkinson", weight: str = "regular") -> list[Page]:
    return paginate(alert.alert_card(LIBRARY, {}, MADE), panel(face, weight), fonts.Ruler())


def tagged(data: bytes) -> list[str]:
    """The words of the file in the order in which it is read to somebody."""
    return " ".join(text for role, text in Walk(data).texts if role not in ("Lbl", "Figure")).split()


def texts(data: bytes) -> list[str]:
    """What is said on each page, and then its foot."""
    walk = Walk(data)
    pages: dict[int, list[str]] = {}
    for owned in (True, False):
        for each in walk.shown:
            if (each.mcid is not None) is owned:
                pages.setdefault(each.page, []).append(each.text)
    return [" ".join("".join(pages[number]).replace("\u2022", " ").split()) for number in sorted(pages)]


def inside(needle: list[str], hay: list[str]) -> bool:
    return any(hay[n : n + len(needle)] == needle for n in range(len(hay)))


def said(blocks: tuple[object, ...]) -> list[str]:
    return " ".join(words(blocks)).split()  # type: ignore[arg-type]


def test_the_locked_words_are_on_both_in_order() -> None:
    sheet, card = (tagged(data) for data in made())
    for block in call_now(LIBRARY):
        assert inside(said((block,)), sheet)
        assert inside(said((block,)), card)
    call_999, helpline = (said((block,)) for block in call_now(LIBRARY))
    assert " ".join(card).index(" ".join(call_999)) < " ".join(card).index(" ".join(helpline))
    assert inside(said(tuple(my_numbers(LIBRARY, PERSON.numbers()))), sheet)


def test_the_sheet_begins_with_the_calls_and_says_what_it_is() -> None:
    sheet, _ = made(Clinic(organisation="Mercy Hospital"), text_size="24")
    pages = texts(sheet)
    assert pages[0].startswith("Call 999 now")
    everything = " ".join(pages)
    for told in ("Canary Bird", "Nurse Wren", "020 7946 0000", "37.5C", "Mercy Hospital", "Made on 21 November 2026."):
        assert told in everything
    assert inside(LIBRARY.locked["label"].split(), tagged(sheet))
    assert f"Page 1 of {len(pages)}" in pages[0]


def test_the_second_page_of_the_sheet_is_the_helpline() -> None:
    assert texts(made()[0])[1].split("More signs")[0].startswith("Call your cancer helpline now")


@pytest.mark.parametrize("size", ["16", "18", "28", "36"])
def test_locked_words_are_never_under_18_point_on_the_sheet(size: str) -> None:
    sheet, _ = made(text_size=size, typeface="noto")
    doc = read(sheet, None)
    assert min(text.size for text in doc.texts()) >= max(18, float(size)) - 0.01
    assert build.audited(sheet, panel()) is None, "the style of a panel claims no large print"


@pytest.mark.parametrize("paper", ["A4", "A5", "Letter"])
def test_both_are_valid(paper: str) -> None:
    for data in made(paper=paper, weight="heavier", colour="black-on-cream"):
        for profile in ("ua1", "2a"):
            report = validator.validate_pdf_bytes(data, profile=profile)
            assert [str(failure) for failure in report.failures] == []
        assert Walk(data).faults == []


def test_what_the_printer_is_told() -> None:
    for data in made():
        with pikepdf.open(BytesIO(data)) as pdf:
            assert str(pdf.Root.ViewerPreferences.PrintScaling) == "/None"
            assert str(pdf.Root.ViewerPreferences.Duplex) == "/Simplex"
            assert "Canary" not in str(pdf.docinfo.Title)


def cut(doc: Doc) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right and top of the piece on each page, in mm, by the longest rules."""
    found = []
    for page in doc.pages:
        boxes = [paint.box for paint in page.paints]
        tall = [box for box in boxes if box.right - box.left < 1 and box.top - box.bottom > 50 * MM]
        assert len(tall) == 2
        sides = (min(b.left for b in tall), tall[0].bottom, max(b.right for b in tall), tall[0].top)
        found.append(tuple(value / MM for value in sides))
    return found  # type: ignore[return-value]


def test_panels_measure_what_a_bank_card_does_and_text_keeps_its_size_and_its_margins() -> None:
    _, card = made()
    doc = read(card, None)
    factor = theme.load_typefaces(paths.TYPEFACES)["atkinson"].factor
    for page, (left, bottom, right, top) in zip(doc.pages, cut(doc), strict=True):
        assert (page.width / MM, page.height / MM) == pytest.approx((210, 297), abs=0.01)
        assert (right - left) / 2 == pytest.approx(85.6, abs=0.2)
        rows = (top - bottom) / 54
        assert rows == pytest.approx(round(rows), abs=0.01)
        assert min(left, bottom, 210 - right) >= 6, "the printer's edge (PR-02)"
        for text in page.texts:
            x0, y0, x1, y1 = (each / MM for each in (text.box.left, text.box.bottom, text.box.right, text.box.top))
            if y1 > top:
                assert text.size == pytest.approx(18 * factor, abs=0.01)
                assert y1 <= 297 - 12.7 + 0.2
                assert y0 >= top, "it does not touch the line to cut along"
                continue
            assert text.size >= 12 * factor - 0.01
            column, row = (x0 - left) // 85.6, (top - y1) // 54
            assert x0 >= left + column * 85.6 + 3.8
            assert x1 <= left + (column + 1) * 85.6 - 3.8
            assert y1 <= top - row * 54 - 2.5
            assert y0 >= top - (row + 1) * 54 + 2.5


@pytest.mark.parametrize("weight", ["regular", "heavier"])
@pytest.mark.parametrize("face", FACES)
def test_no_text_goes_over_the_edge_of_its_panel(face: str, weight: str) -> None:
    """By the place and the width of every line, in each typeface; at most two pieces of ten panels."""
    style, pages = panel(face, weight), panels(face, weight)
    assert len(pages) <= 20
    for page in pages:
        assert page.foot is None
        for line in page.lines:
            assert line.top + line.strip.height <= style.depth + 0.01
            assert all(piece.x >= 0 and piece.x + piece.width <= style.measure + 0.01 for piece in line.strip.pieces)


@pytest.mark.parametrize("face", FACES)
def test_each_sheet_of_the_card_says_what_to_do_on_one_line(face: str) -> None:
    style = panel(face, "heavier")
    _, sheet, pages = alert.impose(alert.alert_card(LIBRARY, {}, MADE), CARD, style, fonts.Ruler())
    for page in pages:
        (piece,) = page.lines[0].strip.pieces
        assert piece.text == "Cut along the line. Fold down the middle first."
        assert piece.x + piece.width <= sheet.measure
        assert piece.size >= 18


def test_each_panel_that_goes_on_says_of_what() -> None:
    pages = [page.text().split("\n")[0] for page in panels()]
    assert pages[:3] == ["My wallet card", "Call 999 now", "Call 999 now, continued"]
    assert "Call your cancer helpline now" in pages
    assert not [line for page in panels() for line in page.text().split("\n") if "next page" in line]


def test_the_long_numbers_of_a_clinic_have_room() -> None:
    known = dict.fromkeys(
        ("My cancer helpline, in the day", "My cancer helpline, at night and weekends"),
        "night 020 7946 0000 option 1; weekend 020 7946 0999, ext 12345",
    )
    pages = paginate(alert.alert_card(LIBRARY, known, MADE), panel(), fonts.Ruler())
    told = [page.text() for page in pages if "weekend 020" in page.text()]
    assert sum(text.count("weekend 020 7946 0999, ext 12345") for text in told) == 2
    assert all("My cancer helpline, " in text for text in told), "a number is on the panel of its label"


def test_the_card_says_who_it_is_for_and_where_the_large_print_is() -> None:
    pages = panels()
    assert " ".join(pages[0].text().split()) == (
        'My wallet card "I have secondary breast cancer. My last treatment was ..." This card is for other people to read. '
        "My alert sheet has the same words in large print. Not checked by a doctor or nurse."
    )


def test_the_numbers_begin_a_piece() -> None:
    document, _, pages = alert.impose(alert.alert_card(LIBRARY, {}, MADE), CARD, panel(), fonts.Ruler())
    assert len(pages) == 2
    assert any(line.strip.anchor == MY_NUMBERS for line in pages[1].lines)
    assert not any(isinstance(block, Heading) for block in document.blocks[-2:])


def test_the_same_request_gives_the_same_bytes() -> None:
    assert made() == made()


def test_one_command_makes_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clinic, path = tmp_path / "clinic.toml", tmp_path / "a.pdf"
    clinic.write_text('phone_night = "020 7946 0999"\n[preferences]\ntext-size = "16"\nsides = "both"\n')
    asked = ["alert-sheet", "--clinic", str(clinic), "--name", "Canary", "--date", "2026-11-21", "-o", str(path)]
    assert run(asked) == ExitCode.DONE
    told = capsys.readouterr()
    assert f"{path}: the alert sheet" in told.out
    assert f"{tmp_path / 'a-card.pdf'}: the wallet card" in told.out
    assert "never smaller than 18 point" in told.err
    assert "Canary" not in told.out + told.err
    assert all("020 7946 0999" in " ".join(texts((tmp_path / name).read_bytes())) for name in ("a.pdf", "a-card.pdf"))
    assert run([*asked, "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out) == {"file": str(path), "card": str(tmp_path / "a-card.pdf")}


def test_every_problem_of_an_alert_sheet_is_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["alert-sheet", "--phone-day", "020x", "--date", "soon"]) == ExitCode.BAD_REQUEST
    said = capsys.readouterr().err
    for problem in ("The date is not one.", "Where should", "Helpline in the day: this is not a phone number"):
        assert problem in said
    assert run(["alert-sheet", "--text-size", "17", "-o", str(tmp_path / "a.pdf")]) == ExitCode.BAD_REQUEST
    (tmp_path / "b-card.pdf").mkdir()
    assert run(["alert-sheet", "-o", str(tmp_path / "b.pdf")]) == ExitCode.BAD_REQUEST
    assert [path.name for path in tmp_path.iterdir()] == ["b-card.pdf"], "nothing is made by halves"


def test_letters_that_cannot_be_printed_are_refused() -> None:
    with pytest.raises(RequestError):
        alert_command.alert_sheet_and_card(LIBRARY, {}, date(2026, 11, 21), Clinic(), Personal("\u4e2d"))


def test_mistakes_in_the_layout_of_the_card_are_all_found(tmp_path: Path) -> None:
    for name in ("large-print.toml", "card.toml"):
        (tmp_path / name).write_text((paths.LAYOUTS / name).read_text("utf-8"), "utf-8")
    path = tmp_path / "card.toml"
    path.write_text(path.read_text("utf-8").replace("inner = 4", "inner = 3").replace("feet", "foot"), "utf-8")
    with pytest.raises(LayoutError) as caught:
        alert.load_card(path)
    assert len(caught.value.problems) == 2
