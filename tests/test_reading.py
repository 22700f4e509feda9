"""Each reading preference on paper: what it changes, and that the pages stay large print (product.md section 3)."""

import re
from datetime import date
from pathlib import Path

import page as validator
import pytest
from msgspec.structs import replace

from booklet import build, fonts, paths, pictures, settings, theme
from booklet.choices import Choices, to_request
from booklet.clinic import Clinic, read_clinic
from booklet.compose import CALL_NOW, compose
from booklet.errors import ContentError, RequestError
from booklet.library import Library
from booklet.model import Admonition, Document, Heading, NodePath, Paragraph, WriteIn, bookmarks, plain, walk
from booklet.paginate import page_numbers, paginate
from booklet.paths import CONTENT
from booklet.request import Recipe, read_recipe
from booklet.size_test import SENTENCE
from booklet.theme import MM
from tests.conftest import SIZES, request_for
from tests.pdfwalk import Walk

LIBRARY = Library.load(CONTENT)


def made(**preferences: str) -> bytes:
    return build.build(LIBRARY, request_for(LIBRARY, "breaks/taking-a-break", **preferences)).data


@pytest.mark.parametrize(
    "preferences",
    [
        {"typeface": "lexend", "weight": "heavier"},
        {"typeface": "inclusive", "text_size": "28"},
        {"typeface": "noto", "letter_spacing": "wider", "line_spacing": "2"},
        {"letter_spacing": "wide", "key_words": "yes", "colour": "black-on-cream"},
        {"paper": "A5", "text_size": "16", "colour": "dark-blue-on-white", "line_spacing": "1.5"},
        {"paper": "A3", "text_size": "36", "line_spacing": "1.25"},
        {"paper": "Letter", "sides": "one", "colour": "black-on-yellow"},
        {"paper": "A5", "fold": "booklet"},
    ],
)
def test_a_booklet_of_any_kind_is_valid_and_inside_its_margins(preferences: dict[str, str]) -> None:
    data = made(**preferences)
    for profile in ("ua1", "2a"):
        assert validator.validate_pdf_bytes(data, profile=profile).is_compliant
    walk = Walk(data)
    assert walk.faults == []
    width = float(walk.pdf.pages[0].MediaBox[2])
    assert min(shown.size for shown in walk.shown) >= float(preferences.get("text_size", "18"))
    spacing = {"wide": 0.03, "wider": 0.06}.get(preferences.get("letter_spacing", ""), 0)
    for shown in walk.shown:
        said = len(shown.text.rstrip())  # a space at the end of a line is there for readers that join lines
        drawn = shown.width * said / len(shown.text) + spacing * shown.size * said
        assert shown.x + drawn <= width - 12.7 * MM, shown


def test_letter_spacing_is_measured_where_lines_are_broken() -> None:
    normal, wide = ({"letter-spacing": v} for v in ("normal", "wider"))
    lines = {}
    for name, chosen in (("normal", normal), ("wide", wide)):
        request = request_for(LIBRARY, "breaks/taking-a-break", letter_spacing=chosen["letter-spacing"])
        sheet, document = build.layout(LIBRARY, request)
        pages = paginate(document, sheet, fonts.Ruler())
        lines[name] = sum(bool(line.strip.pieces) for page in pages for line in page.lines)
        for page in pages:
            for line in page.lines:
                for piece in line.strip.pieces:
                    assert piece.x + piece.width <= sheet.measure + 0.1
    assert lines["wide"] > lines["normal"]


def test_letter_spacing_is_in_the_file() -> None:
    assert b" Tc " not in _streams(made())
    assert re.search(rb" Td 1\.129\d* Tc ", _streams(made(letter_spacing="wider")))


def _streams(data: bytes) -> bytes:
    return b"".join(page.Contents.read_bytes() for page in Walk(data).pdf.pages)


def test_heavier_sets_running_text_in_the_medium_face() -> None:
    faces = {shown.font for shown in Walk(made(weight="heavier")).shown}
    assert any("Medium" in face for face in faces)
    assert not any("Regular" in face for face in faces)


def test_a_folded_booklet_has_pages_in_fours_and_begins_and_ends_as_ever() -> None:
    walk = Walk(made(paper="A5", fold="booklet"))
    assert len(walk.pdf.pages) % 4 == 0
    for page in (2, len(walk.pdf.pages)):
        assert "Call 999 now" in " ".join(shown.text for shown in walk.shown if shown.page == page)


def test_key_words_are_bold_where_a_section_first_uses_them() -> None:
    request = request_for(LIBRARY, "palliative/hospices", "palliative/what-it-is")
    bold = [
        run.text
        for _, block in walk(compose(LIBRARY, request, "less", key_words=True).blocks)
        if isinstance(block, Paragraph)
        for run in block.runs
        if run.strong
    ]
    assert bold.count("hospice") >= 1
    plainly, marked = (compose(LIBRARY, request, "less", key_words=key) for key in (False, True))
    texts = [
        [plain(block.runs) for _, block in walk(document.blocks) if isinstance(block, Paragraph)]
        for document in (plainly, marked)
    ]
    assert texts[0] == texts[1], "the words stay the same"


def test_a_nurse_s_copy_has_the_same_numbers() -> None:
    large = request_for(LIBRARY, "breaks", "trials")
    _, document = build.layout(LIBRARY, large)
    sheet, copy = build.layout(LIBRARY, replace(large, layout="nurse-copy"))
    assert 12 <= sheet["body"].size < 13
    assert sheet["emergency"].size >= 18
    assert bookmarks(copy.blocks) == bookmarks(document.blocks)


def test_pictures_stand_at_topics_and_never_on_the_locked_pages() -> None:
    request = request_for(LIBRARY, "breaks/taking-a-break")
    sheet, document = build.layout(LIBRARY, request)
    pages = paginate(document, sheet, fonts.Ruler())
    pictured = {line.strip.picture.name for page in pages for line in page.lines if line.strip.picture}
    assert pictured == {"breaks", "get-help", "questions", "glossary", "organisations"}
    assert not [line for page in pages[:6] for line in page.lines if line.strip.picture]
    sizes = {line.strip.picture.size for page in pages for line in page.lines if line.strip.picture}
    assert min(sizes) >= 20 * MM
    without = request_for(LIBRARY, "breaks/taking-a-break", pictures="no")
    _, plain_document = build.layout(LIBRARY, without)
    assert not [b for b in plain_document.blocks if isinstance(b, Heading | Admonition) and b.picture]


@pytest.mark.parametrize("size", ["16", "18", "28", "36"])
def test_a_box_that_says_when_to_get_help_has_a_pictogram_beside_its_title(size: str) -> None:
    """In the height of the title or of the picture, whichever is more; the words are to the right, level with it."""
    sheet, document = build.layout(LIBRARY, request_for(LIBRARY, "breaks", text_size=size))
    boxes = {(n,) for n, b in enumerate(document.blocks) if isinstance(b, Admonition) and b.kind == "get-help"}
    lines = [line.strip for page in paginate(document, sheet, fonts.Ruler()) for line in page.lines]
    titles = [strip for strip in lines if any(p.tag == "Title" and p.owner in boxes for p in strip.pieces)]
    assert len(titles) >= len(boxes) > 0
    if size == "36":
        assert not [strip for strip in titles if strip.picture], "larger print needs the page for its words"
        return
    drawn = [strip for strip in titles if strip.picture and strip.picture.name == "get-help"]
    assert len(drawn) == len(boxes)
    for strip in drawn:
        assert strip.picture is not None
        assert strip.picture.size == pytest.approx(20 * MM)
        assert strip.pieces[0].x > strip.picture.x + strip.picture.size
        if strip.height >= strip.picture.size:  # a title of one line
            assert abs(strip.baseline - strip.height / 2) < strip.pieces[0].size / 2


@pytest.mark.parametrize("topic", [topic.id for topic in LIBRARY.topics])
def test_every_topic_has_a_picture_that_can_be_drawn_and_its_words(topic: str) -> None:
    drawn = pictures.drawing(topic)
    assert {"S", "f", "B"} & {operator for operator, _ in drawn}
    numbers = [number for operator, given in drawn if operator != "w" for number in given]
    assert min(numbers) >= 0
    assert max(numbers) <= pictures.BOX
    assert settings.read(CONTENT / "pictures.toml", dict[str, str])[topic]


def test_a_line_as_operators_at_its_place(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" fill="none" stroke="#000" stroke-width="6">'
    (tmp_path / "a.svg").write_text(f'{svg}<line x1="10" y1="20" x2="30" y2="40"/></svg>')
    drawn = pictures.segments(tmp_path / "a.svg")
    assert drawn == (("w", (6.0,)), ("m", (10.0, 80.0)), ("l", (30.0, 60.0)), ("S", ()))
    assert pictures.placed(drawn, 5, 7, 50) == "q 1 J 1 j 3.00 w 10.00 47.00 m 20.00 37.00 l S Q"
    with pytest.raises(ContentError) as caught:
        pictures.segments(tmp_path / "b.svg")
    assert "There is no such picture." in str(caught.value)


def test_profiles_are_sets_of_preferences_each_with_its_reason() -> None:
    assert sorted(build.profiles()) == [
        "aphasia-friendly",
        "dementia-friendly",
        "dyslexia",
        "low-vision",
        "nurse-copy",
        "short-and-simple",
    ]
    for id, profile in build.profiles().items():
        assert set(profile.because) == set(profile.preferences), id
        request = request_for(LIBRARY, "breaks")
        build.check_preferences(replace(request, preferences=profile.preferences, layout=profile.layout))
        assert "easy read" not in (profile.label + profile.summary).lower()


CLINIC = """
organisation = "Anytown Hospital"
ward = "Day unit"
phone_day = "020 7946 0000"
phone_weekend = "020 7946 0001"
alert_temperature = "37.5C"
leaflet_code = "AH-12"
"""


def test_what_the_clinic_knows_stands_on_the_page_for_numbers(tmp_path: Path) -> None:
    (tmp_path / "clinic.toml").write_text(CLINIC)
    clinic = read_clinic(tmp_path / "clinic.toml")
    request = replace(request_for(LIBRARY, "breaks"), clinic=clinic)
    said = [plain(b.runs) for _, b in walk(compose(LIBRARY, request).blocks) if isinstance(b, Paragraph)]
    assert "My cancer helpline, in the day\n020 7946 0000" in said
    assert "My cancer helpline, at night and weekends\nweekend 020 7946 0001" in said, "nothing is said of the night"
    assert "My hospital\nAnytown Hospital, Day unit" in said
    assert "Leaflet code: AH-12" in said
    labels = [plain(b.label) for b in compose(LIBRARY, request).blocks if isinstance(b, WriteIn)]
    assert "My nurse or key worker" in labels


def test_a_clinic_s_file_that_is_wrong_says_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "clinic.toml"
    path.write_text('phone_day = "02079460000"\nalert_temperature = "38"\n')
    with pytest.raises(RequestError) as caught:
        read_clinic(path)
    assert [str(problem).replace(f"{tmp_path}/", "") for problem in caught.value.problems] == [
        (
            "clinic.toml:1: phone_day: this is not a phone number that can be read. "
            "Write it in groups, such as 020 7946 0000."
        ),
        "clinic.toml:2: alert_temperature: this is not a temperature. Write it as 37.5C.",
    ]
    path.write_text('fone_day = "1"\n')
    with pytest.raises(RequestError) as caught:
        read_clinic(path)
    assert "fone_day: there is no such key. Did you mean phone_day?" in str(caught.value)


def test_a_clinic_can_refuse_what_is_overdue() -> None:
    late = replace(request_for(LIBRARY, "breaks"), made=date(2029, 1, 1))
    assert build.build(LIBRARY, late).warnings
    with pytest.raises(RequestError) as caught:
        build.build(LIBRARY, replace(late, clinic=Clinic(overdue="refuse")))
    assert "breaks/taking-a-break was due to be checked by 2028-11-20." in str(caught.value)


def test_a_recipe_holds_choices_and_nothing_about_a_person(tmp_path: Path) -> None:
    recipe = Recipe(("breaks/taking-a-break",), {"text-size": "24"}, ("notes",))
    (tmp_path / "r.toml").write_text(recipe.text())
    assert read_recipe(tmp_path / "r.toml") == recipe
    (tmp_path / "r.toml").write_text('name = "Canary"\n' + recipe.text())
    with pytest.raises(RequestError):
        read_recipe(tmp_path / "r.toml")


def test_what_the_paper_weighs_and_when_it_is_too_thick_to_fold() -> None:
    thin = build.build(LIBRARY, request_for(LIBRARY, "breaks/taking-a-break"))
    assert thin.grams == round((thin.sheets or 0) * 0.210 * 0.297 * 90)
    thick = build.build(LIBRARY, request_for(LIBRARY, "breaks", "trials", paper="A5", fold="booklet"))
    assert thick.pages is not None
    (warning,) = thick.warnings
    assert warning.startswith(f"folded, this is {thick.pages // 4} sheets, and more than 15 do not fold well")


def test_the_size_test_has_every_face_size_and_colour_as_a_booklet_would_set_them() -> None:
    data = build.make_size_test(date(2026, 11, 21))
    for profile in ("ua1", "2a"):
        assert validator.validate_pdf_bytes(data, profile=profile).is_compliant
    walk = Walk(data)
    assert walk.faults == []
    shown = {(shown.font.partition("+")[2], round(shown.size, 2)) for shown in walk.shown}
    faces = {
        "atkinson": "AtkinsonHyperlegibleNext",
        "lexend": "Lexend",
        "inclusive": "InclusiveSans",
        "noto": "NotoSans",
    }
    for id, typeface in theme.load_typefaces(paths.TYPEFACES).items():
        for size in SIZES:
            assert (f"{faces[id]}-Regular", round(float(size) * typeface.factor, 2)) in shown
    streams = _streams(data)
    for choice in build.preferences()["colour"].choices.values():
        paper = str(choice.set["background"])
        values = " ".join(f"{int(paper[n : n + 2], 16) / 255:.4g}" for n in (1, 3, 5))
        assert paper == "#ffffff" or f"{values} rg".encode() in streams
    said = " ".join(text for _, text in walk.texts)
    assert said.count(SENTENCE) == len(faces) * len(SIZES) + 2 * 5


@pytest.mark.parametrize("name", ["", "Wilhelmina Featherstonehaugh-Cholmondeley Williams", "W" * 50])
@pytest.mark.parametrize("typeface", ["atkinson", "lexend"])
def test_the_cover_is_one_page_however_it_is_set(typeface: str, name: str) -> None:
    request = request_for(
        LIBRARY,
        "breaks/taking-a-break",
        name=name,
        text_size="36",
        letter_spacing="wider",
        line_spacing="1.5",
        weight="heavier",
        typeface=typeface,
    )
    document, pages = build.laid_out(*build.layout(LIBRARY, request), fonts.Ruler())
    assert page_numbers(pages)[f"{CALL_NOW}-1"] == 2
    usual = build.layout(LIBRARY, request)[1]
    assert sorted(map(repr, document.blocks)) == sorted(map(repr, usual.blocks)), "moved, and nothing left out"


@pytest.mark.parametrize(
    ("pack", "profile", "size"),
    [
        ("side-effects", "aphasia-friendly", "28"),
        ("side-effects", "low-vision", "28"),
        ("newly-told", "", "28"),
        ("palliative-support", "", "36"),
        ("everything", "", "24"),
    ],
)
def test_no_page_shows_a_sign_without_whom_to_call(pack: str, profile: str, size: str) -> None:
    """Where a box goes on, "Call 999 now if:" stands again above its signs, whatever else has to give way."""
    choices = Choices(packs=(pack,), profile=profile, preferences={"text-size": size})
    request, _ = to_request(LIBRARY, choices, date(2026, 11, 20))
    sheet, document = build.layout(LIBRARY, request)
    document, pages = build.laid_out(sheet, document, fonts.Ruler())
    seen = 0
    for page in pages:
        assert all(line.top + line.strip.height <= sheet.depth + 0.02 for line in page.lines), page.number
        said = ""
        for line in page.lines:
            for piece in line.strip.pieces:
                if piece.tag == "Lbl" and piece.owner and (lead := lead_of(document, piece.owner)):
                    assert lead in said, f"page {page.number}: {page.text()}"
                    seen += 1
            said += "".join(piece.text for piece in line.strip.pieces)
    assert seen > 10


def lead_of(document: Document, sign: NodePath) -> str:
    """The first words of what a list of signs in a box says to do; none for anything else."""
    box = document.blocks[sign[0]]
    if not (isinstance(box, Admonition) and box.kind == "get-help" and len(sign) == 3 and sign[1]):
        return ""
    lead = box.blocks[sign[1] - 1]
    said = plain(lead.runs) if isinstance(lead, Paragraph) else ""
    return " ".join(said.split()[:2]) if said.startswith(("Call", "Tell")) and said.endswith(":") else ""
