from pathlib import Path

import pytest

from booklet import build, paths, theme
from booklet.errors import LayoutError, RequestError
from booklet.theme import MM
from tests.conftest import SIZES, styles

LAYOUT = theme.load_layout(paths.LAYOUT)


def test_the_sizes_are_those_a_record_may_ask_for() -> None:
    assert tuple(build.preferences()["text-size"].choices) == SIZES
    assert build.preferences()["text-size"].default == "18"


def test_a_preference_changes_what_it_sets_and_nothing_else() -> None:
    small, large = styles("16"), styles("36")
    factor = theme.load_typefaces(paths.TYPEFACES)["atkinson"].factor
    assert (small["body"].size, large["body"].size) == pytest.approx((16 * factor, 36 * factor))
    assert small.measure == large.measure


@pytest.mark.parametrize("size", SIZES)
def test_no_role_is_smaller_than_the_text_and_the_locked_ones_not_under_18(size: str) -> None:
    sheet = styles(size)
    assert min(style.size for style in sheet.roles.values()) >= float(size)
    assert min(sheet[role].size for role in ("emergency", "emergency-title", "emergency-again")) >= 18


@pytest.mark.parametrize("size", SIZES)
def test_headings_are_larger_than_text(size: str) -> None:
    sheet = styles(size)
    ratios = [sheet[f"h{n}"].size / sheet["body"].size for n in (1, 2, 3)]
    assert ratios == pytest.approx([1.5, 1.25, 1.1])
    assert all(sheet[f"h{n}"].strong for n in (1, 2, 3, 4))


def test_lines_to_write_on_are_10_mm_apart_and_12_from_24_point() -> None:
    assert styles("16").writing_line == pytest.approx(10 * MM)
    assert styles("24").writing_line >= 12 * MM


def test_margins_are_mirrored_for_both_sides() -> None:
    sheet = styles("18")
    assert sheet.left(1) == pytest.approx(25 * MM)
    assert sheet.left(2) == pytest.approx(15 * MM)


def test_a_choice_that_does_not_exist_names_the_nearest() -> None:
    with pytest.raises(RequestError) as caught:
        theme.variables(LAYOUT, build.preferences(), {"text-size": "23", "detial": "more"})
    assert [str(problem) for problem in caught.value.problems] == [
        'Print size cannot be "23". The nearest is 24. The choices are 16, 18, 20, 24, 28, 36.',
        "There is no preference called detial. Did you mean detail?",
    ]


def test_every_mistake_in_a_layout_is_named_with_its_line(tmp_path: Path) -> None:
    text = paths.LAYOUT.read_text("utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace("inner = 25", "inner = 5").replace("size = 1.5", "siz = 1.5", 1))
    with pytest.raises(LayoutError) as caught:
        theme.load_layout(path)
    assert [p.what for p in caught.value.problems] == [
        "margins_mm.inner: needs a number >= 20.0.",
        "roles.h1.siz: there is no such key.",
    ]
    assert caught.value.problems[1].advice == "Did you mean size?"
    lines = path.read_text().splitlines()
    assert [lines[(p.line or 1) - 1].split()[0] for p in caught.value.problems] == ["inner", "siz"]


def test_a_preference_can_only_set_what_there_is(tmp_path: Path) -> None:
    path = tmp_path / "preferences.toml"
    path.write_text(paths.PREFERENCES.read_text("utf-8").replace("base_size = 16", "base_siz = 16"))
    with pytest.raises(LayoutError, match=r"there is no base_siz\. Did you mean base_size\?"):
        theme.load_preferences(path)


@pytest.mark.parametrize(
    ("was", "is_now", "said"),
    [
        ("base_size = 16", "base_size = 40", "text-size.choices.16.set: needs float <= 36.0."),
        ("base_size = 16", 'base_size = "big"', "text-size.choices.16.set: needs"),
        ("[detail", "[name", "name: a preference cannot have this name."),
    ],
)
def test_a_preference_that_would_break_a_build_is_a_problem(tmp_path: Path, was: str, is_now: str, said: str) -> None:
    path = tmp_path / "preferences.toml"
    path.write_text(paths.PREFERENCES.read_text("utf-8").replace(was, is_now))
    with pytest.raises(LayoutError) as caught:
        theme.load_preferences(path)
    assert any(problem.what.replace("a number", "float").startswith(said) for problem in caught.value.problems)


def test_the_usual_choices_are_what_the_layout_says() -> None:
    """A preference that nobody chose changes nothing, so its default has to be what is there."""
    usual = {key: preference.default for key, preference in build.preferences().items()}
    assert theme.variables(LAYOUT, build.preferences(), usual) == theme.variables(LAYOUT, build.preferences(), {})


def test_every_typeface_can_be_chosen_and_has_its_files() -> None:
    typefaces = theme.load_typefaces(paths.TYPEFACES)
    assert {c.set["family"] for c in build.preferences()["typeface"].choices.values()} == set(typefaces)
    for family in typefaces.values():
        for name in (family.regular, family.medium, family.bold):
            assert (paths.FONTS / name).is_file()


def test_18_point_in_any_face_is_at_least_as_big_to_the_eye_as_in_arial() -> None:
    for id, family in theme.load_typefaces(paths.TYPEFACES).items():
        values = theme.variables(LAYOUT, build.preferences(), {"typeface": id})
        sheet = theme.resolve(LAYOUT, values, theme.load_typefaces(paths.TYPEFACES))
        assert sheet["body"].size * family.x_height >= 18 * theme.ARIAL_X_HEIGHT - 1e-9
        assert sheet["body"].size >= 18


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (
            {"paper": "A5", "text-size": "24"},
            "Paper A5 does not work with print size 24. Choose print size 18, or paper A4 or A3 or Letter.",
        ),
        (
            {"line-spacing": "2", "text-size": "36"},
            "Line spacing 2 does not work with print size 36. Choose print size 28, or line spacing 1.25 or 1.4 or 1.5.",
        ),
        (
            {"paper": "A3"},
            "Paper A3 does not work with print size 18. Choose print size 24, or paper A4 or A5 or Letter.",
        ),
        (
            {"fold": "booklet", "paper": "Letter"},
            "Fold booklet does not work with paper Letter. Choose paper A5, or fold no.",
        ),
        (
            {"fold": "booklet", "sides": "one"},
            "Fold booklet does not work with sides one. Choose sides both, or fold no.",
        ),
    ],
)
def test_choices_that_do_not_work_together_name_the_nearest_that_do(chosen: dict[str, str], said: str) -> None:
    with pytest.raises(RequestError) as caught:
        theme.variables(LAYOUT, build.preferences(), chosen)
    assert str(caught.value) == said


@pytest.mark.parametrize("name", ["a5-booklet", "a3", "us-letter", "nurse-copy"])
def test_a_layout_says_only_what_differs_from_its_base(name: str) -> None:
    layout = theme.load_layout(paths.LAYOUTS / f"{name}.toml")
    assert layout.roles == LAYOUT.roles
    assert layout != LAYOUT


def test_a_base_that_does_not_exist(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('base = "large-prnt"\nname = "Mine"\n')
    (tmp_path / "large-print.toml").write_text(paths.LAYOUT.read_text("utf-8"))
    with pytest.raises(LayoutError) as caught:
        theme.load_layout(path)
    assert "mine.toml:1: base: there is no layout large-prnt. Did you mean large-print?" in str(caught.value)


def test_contrast_of_every_colour_is_7_to_1_or_more() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for choice in build.preferences()["colour"].choices.values():
        ink, paper = luminance(str(choice.set["ink"])), luminance(str(choice.set["background"]))
        assert (paper + 0.05) / (ink + 0.05) >= 7  # standards.md CO-01
        assert paper >= 0.85  # CO-02
