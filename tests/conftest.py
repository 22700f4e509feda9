"""What the tests share: the real library, a ruler that can be done in the head, and golden files."""

import ctypes
import os
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import hypothesis
import pytest

from booklet import build, paths, theme
from booklet.about import about
from booklet.library import Library
from booklet.paths import CONTENT
from booklet.personal import Personal
from booklet.request import Request, choose
from booklet.theme import Stylesheet

hypothesis.settings.register_profile("ours", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("ours")

MADE = date(2026, 11, 21)
"""Pinned: no test may begin to fail because time passed."""
SIZES = ("16", "18", "20", "24", "28", "36")
SAMPLE = (
    "understanding/what-it-is",
    "treatments/targeted-therapy",
    "side-effects/breathlessness",
    "side-effects/pain",
    "breaks",
    "palliative/hospices",
    "trials/finding-a-trial",
    "decisions/weighing-up",
    "family/children",
)
"""Sections with every kind of block between them: the whole library would take each test a minute."""


class HalfRuler:
    """Every letter is half as wide as it is tall, so that a test can do the sum in its head."""

    def __init__(self) -> None:
        self.words: dict[str, list[tuple[int, int]]] = {}

    def width(self, text: str, font: str, size: float) -> float:
        return len(text) * size / 2

    def spans(self, text: str, font: str) -> list[tuple[str, str]]:
        return [(font, text)] if text else []


GUARD = str(Path(__file__).parent / "guard")


def pytest_configure() -> None:
    """Programs that tests start are kept from the network too: those in Python by `guard/`, on Linux all of them."""
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (GUARD, os.environ.get("PYTHONPATH", ""))))
    if sys.platform == "linux" and os.geteuid() == 0:
        ctypes.CDLL(None).unshare(0x40000000)  # CLONE_NEWNET: a network of our own, with nothing in it
        _loopback()


def _loopback() -> None:
    """Lets programs of one test speak with each other on this computer, which is no network."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control, suppress(OSError):
        fcntl.ioctl(control, 0x8914, struct.pack("16sh", b"lo", 0x41))  # SIOCSIFFLAGS: up and running


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a test tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where what is kept between runs goes, so that no test reads or writes what its person keeps."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("BOOKLET_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.load(CONTENT)


@pytest.fixture(scope="session")
def ruler() -> HalfRuler:
    return HalfRuler()


@pytest.fixture(scope="session")
def sheet() -> Stylesheet:
    return styles("18")


def styles(size: str) -> Stylesheet:
    layout = theme.load_layout(paths.LAYOUT)
    values = theme.variables(layout, build.preferences(), {"text-size": size})
    return theme.resolve(layout, values, theme.load_typefaces(paths.TYPEFACES))


def request_for(
    library: Library,
    *ids: str,
    name: str = "",
    facts: Mapping[str, str] | None = None,
    packs: tuple[str, ...] = (),
    write_in: tuple[str, ...] = (),
    **preferences: str,
) -> Request:
    known, _ = about(library, facts)
    chosen = {key.replace("_", "-"): value for key, value in preferences.items()}
    sections = choose(library, ids, packs, known)
    return Request(sections, MADE, chosen, known, ids, Personal(name), write_in)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Compares text with tests/golden/<test name>.txt; --update-golden writes it, to be read in the diff."""

    def check(text: str) -> None:
        path = Path(__file__).parent / "golden" / f"{request.node.name.removeprefix('test_')}.txt"
        if request.config.getoption("--update-golden"):
            path.write_text(text + "\n", "utf-8")
        assert text + "\n" == path.read_text("utf-8")

    return check


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files instead of comparing")
