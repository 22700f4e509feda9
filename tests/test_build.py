"""Writing: whole or not at all, readable by its owner only."""

import os
import stat
from datetime import datetime
from pathlib import Path

import pytest

from booklet import build, saving
from booklet.errors import OutputError, RequestError
from booklet.library import Library
from tests.conftest import request_for


def test_a_saved_file_is_whole_and_its_owner_s(tmp_path: Path) -> None:
    path = tmp_path / "b.pdf"
    saving.save(b"new", path)
    assert path.read_bytes() == b"new"
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_save_leaves_nothing_and_keeps_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.pdf"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match="no room left"):
        saving.save(b"new", path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_stop_in_the_middle_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        saving.save(b"new", tmp_path / "b.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_and_a_target_that_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="There is no such folder"):
        saving.save(b"new", tmp_path / "gone" / "b.pdf")
    with pytest.raises(OutputError, match="This is a folder"):
        saving.save(b"new", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", deny)
    with pytest.raises(OutputError, match="cannot be written here"):
        saving.save(b"new", tmp_path / "b.pdf")


def test_a_file_name_says_when_and_not_who_and_is_free(tmp_path: Path) -> None:
    when = datetime(2026, 11, 21, 14, 32)
    assert saving.free_path(tmp_path, when).name == "booklet-2026-11-21-1432.pdf"
    saving.free_path(tmp_path, when).touch()
    assert saving.free_path(tmp_path, when).name == "booklet-2026-11-21-1432-2.pdf"


@pytest.mark.parametrize(
    ("name", "said"),
    [("محمد", "arabic letter meem"), ("משה", "hebrew"), ("अमर", "devanagari"), ("李明", "cjk unified ideograph")],
)
def test_a_name_in_a_script_that_cannot_be_set_is_refused_by_its_letters(
    library: Library, name: str, said: str
) -> None:
    with pytest.raises(RequestError, match=said) as caught:
        build.build(library, request_for(library, "breaks", name=name))
    assert name not in str(caught.value)


@pytest.mark.parametrize("name", ["Zoë Ångström", "Łukasz", "Ŷ", "Θάλεια", "Дарья", "O'Brien [Mrs] [/x]", "Đặng"])
def test_names_in_scripts_that_can_be_set_are_made(library: Library, name: str) -> None:
    assert build.build(library, request_for(library, "breaks/taking-a-break", name=name)).pages


def test_the_count_before_making_is_the_count_after(library: Library) -> None:
    request = request_for(library, "breaks", text_size="24")
    pages, sheet = build.pages_of(library, request, build.fonts.Ruler())
    made = build.build(library, request)
    assert (made.pages, made.sheets) == (len(pages), build.sheets(len(pages), sheet))


def test_progress_counts_every_page(library: Library) -> None:
    seen: list[tuple[int, int]] = []
    made = build.build(library, request_for(library, "breaks"), "pdf", lambda done, total: seen.append((done, total)))
    assert seen == [(n, made.pages) for n in range(1, (made.pages or 0) + 1)]


def test_a_link_is_followed_and_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    target, link = tmp_path / "t.pdf", tmp_path / "l.pdf"
    target.write_bytes(b"old")
    link.symlink_to(target)
    saving.save(b"new", saving.check_target(link))
    assert (link.is_symlink(), target.read_bytes()) == (True, b"new")
    os.mkfifo(tmp_path / "f.pdf")
    with pytest.raises(RequestError, match="not an ordinary file"):
        saving.check_target(tmp_path / "f.pdf")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("gone/b.pdf", "There is no such folder"),
        ("plain/b.pdf", "This is not a folder"),
        ("x" * 300 + ".pdf", "This file name cannot be used"),
        (".", "This is a folder"),
        ("a\0b.pdf", "This file name cannot be used"),
    ],
)
def test_a_place_that_cannot_be_written_is_said_before_any_work(tmp_path: Path, path: str, said: str) -> None:
    (tmp_path / "plain").touch()
    with pytest.raises(RequestError, match=said):
        saving.check_target(tmp_path / path)
