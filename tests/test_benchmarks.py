"""The benchmarks: the text is the content's, the sums are right, and the harness runs from end to end."""

import json
import subprocess
import sys
from collections import Counter
from itertools import dropwhile
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

from benchmarks import corpus, look, report
from benchmarks.chart import chart
from benchmarks.compare import Row
from benchmarks.engines import NAMES, PACKAGES, version
from benchmarks.measure import NotMeasuredError, Spread, Task, child, command, exponent, rounds, spread
from booklet.compose import compose
from booklet.fonts import Ruler
from booklet.library import Library
from booklet.model import Contents, Emergency, words
from booklet.paginate import paginate

ROOT = Path(__file__).parent.parent


def row(engine: str, pages: int, seconds: float) -> Row:
    taken = Spread(seconds, seconds / 2, seconds * 2)
    return Row(engine, pages, pages, 50_000, taken, taken, taken, Spread(4e7, 4e7, 4e7), {"ua1": "yes", "2a": "no"})


def results(*rows: Row) -> report.Results:
    return report.Results(3, rows, {("batch", "2"): [{"wall": 6.0, "a minute": 40.0}]}, {}, {"with_typst": "why"}, 0.1)


def test_the_text_is_that_of_the_content_word_for_word(library: Library) -> None:
    blocks = compose(library, corpus.everything(library)).blocks
    after = list(dropwhile(lambda block: not isinstance(block, Contents), blocks))[1:]
    said = words(tuple(block for block in after if not isinstance(block, Emergency)))
    read = words(corpus.document("\n\n".join(corpus.chapters(library))).blocks)
    assert [text.split() for text in read] == [text.split() for text in said]


def test_a_text_is_cut_at_a_section_and_goes_on_with_other_numbers() -> None:
    parts = ["# 1\\. One\n\n## 1.1 First\n\n" + "word " * 400, "## 1.2 Second\n\n" + "word " * 400]
    twice = corpus._renumbered(parts, 2)
    assert [part.splitlines()[0] for part in twice] == ["# 201\\. One", "## 201.2 Second"]
    pages = [len(paginate(corpus.document(corpus.of_length(parts, n)), corpus.sheet(), Ruler())) for n in (1, 9, 20)]
    assert pages[0] <= 2
    assert 7 <= pages[1] <= 9
    assert 18 <= pages[2] <= 20


@pytest.mark.parametrize(("points", "slope"), [([(10, 1), (100, 10)], 1), ([(10, 1), (20, 4), (40, 16)], 2)])
def test_the_growth_is_the_power_of_the_pages(points: list[tuple[float, float]], slope: float) -> None:
    assert exponent(points) == pytest.approx(slope)


def test_no_growth_is_fitted_to_one_point() -> None:
    assert exponent([(10, 1)]) is None


def test_the_figure_is_the_median_and_its_spread_all_there_is() -> None:
    assert spread([9.0, 1.0, 2.0]) == Spread(2.0, 1.0, 9.0)


def test_every_task_runs_once_a_round_and_one_that_cannot_is_not_tried_again() -> None:
    tried: list[str] = []

    def cannot() -> dict[str, float]:
        tried.append("b")
        raise NotMeasuredError("why")

    found, failed = rounds([Task(("a",), lambda: {"wall": 1.0}), Task(("b",), cannot)], 3, lambda text: None)
    assert found == {("a",): [{"wall": 1.0}] * 3}
    assert failed == {("b",): "why"}
    assert tried == ["b"]


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(NotMeasuredError, match="There is no topic"):
        command(["-m", "booklet", "build", "nonsense", "-o", str(tmp_path / "b.pdf")], tmp_path)


def test_ratios_are_to_ours_at_the_same_length() -> None:
    made = report.tables(results(row("ours", 40, 2.0), row("with_fpdf2", 40, 5.0), row("ours", 160, 8.0)))
    assert (
        "| fpdf2 | 5.00 (2.50 to 10) | 2.50 | 5.00 (2.50 to 10) | 2.50 | 5.00 | 2.50 | 40 | 50 | 40 | yes | no |"
        in made
    )
    assert "| this program, audit and all | 1.00 |" in made
    assert "| `booklet batch --jobs 2`, booklets a minute | 40 (40 to 40) |" in made
    assert "| Typst | why |" in made


def test_the_chart_is_an_svg_that_says_what_it_shows() -> None:
    shown = results(row("ours", 40, 2.0), row("ours", 160, 8.0), row("with_fpdf2", 40, 5.0))
    told = report.in_words(shown)
    tree = ElementTree.fromstring(chart(report.lines(shown), told))
    texts = ["".join(element.itertext()) for element in tree.iter()]
    assert told in texts
    assert "this program, audit and all 8.0 seconds for 160 pages" in told
    assert {"fpdf2", "160", "1 s", "10 s"} <= set(texts)


def test_only_what_is_between_the_marks_is_written_again() -> None:
    page = f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n"
    assert report.within(page, "new\n") == f"before\n{report.BEGIN}\n\nnew\n\n{report.END}\nafter\n"
    with pytest.raises(ValueError, match="two lines"):
        report.within("no marks", "new")


def test_the_page_has_the_marks_and_names_no_folder_of_a_machine() -> None:
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    assert report.within(page, "new") != page
    assert not any(folder in page for folder in ("/home/", "/tmp/", "/usr/", "/root/"))


@pytest.mark.slow
@pytest.mark.parametrize("engine", NAMES)
def test_an_engine_sets_every_word(engine: str, tmp_path: Path) -> None:
    if not version(engine):
        pytest.skip(f"{PACKAGES[engine]} is not installed: see benchmarks/requirements.txt")
    pdfium = pytest.importorskip("pypdfium2")
    text = (
        "# One \\& all\n\nWords **in bold**(so)\\\n.5 \\*here\\*: see [nhs.uk](https://nhs.uk/).\n\n- first\n- second\n"
    )
    text += "\n1. third\n\n| a | b |\n| --- | --- |\n| c | d |\n"
    (tmp_path / "text.md").write_text(text, "utf-8")
    look.save(corpus.look(), tmp_path / "look.json")
    files = [str(tmp_path / name) for name in ("text.md", "look.json", "out.pdf")]
    child(["build", engine, *files, "1"], tmp_path)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert [float(edge) for edge in pdf.pages[0].mediabox][2:] == pytest.approx(corpus.sheet().page, abs=0.1)
    printed = pdfium.PdfDocument(tmp_path / "out.pdf")[0].get_textpage().get_text_range()
    wanted = "One & all Words in bold(so) .5 *here*: see nhs.uk. first second 1. third a b c d"
    assert Counter(printed.split()) >= Counter(wanted.split()), printed


@pytest.mark.slow
def test_the_harness_runs_from_end_to_end() -> None:
    asked = [sys.executable, "-m", "benchmarks", "--quick", "--engines", "ours", "ours_unaudited", "--json"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert [build["engine"] for build in found["builds"]] == ["ours", "ours_unaudited"]
    assert all(0 < build["warm"]["median"] < build["cold"]["median"] for build in found["builds"])
    measured = {each["what"] for each in found["own"]} | set(found["not measured"])
    assert measured >= {"command newly-told", "steps newly-told", "counting", "batch 1", "batch 2", "first --screen"}
