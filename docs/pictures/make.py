"""Makes the pictures of the README from the program itself: run `python docs/pictures/make.py`."""

import asyncio
import re
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image

from booklet.about import about
from booklet.build import build
from booklet.library import Library
from booklet.paths import CONTENT
from booklet.request import Request, choose
from booklet.tui.app import BookletApp
from booklet.tui.desk import Desk
from booklet.tui.outside import Outside

HERE = Path(__file__).parent
SECTIONS = ("treatments/hormone-therapy",)


def pages() -> None:
    library = Library.load(CONTENT)
    known, _ = about(library, {"treatments_now": "hormone", "immunotherapy_12m": "no"})
    sections = choose(library, SECTIONS, (), known, suggestions=False)
    made = build(library, Request(sections, date(2026, 11, 21), {}, known))
    at = {id: page for id, _, page in made.sections if page}
    pdf = pypdfium2.PdfDocument(made.data)
    numbers = (2, at["treatments/hormone-therapy"], at["treatments/hormone-therapy"] + 2)
    pictures = [pdf[number - 1].render(scale=0.9).to_pil() for number in numbers]
    width, height = pictures[0].size
    sheet = Image.new("L", (len(numbers) * (width + 12) - 12, height), 128)
    for n, picture in enumerate(pictures):
        sheet.paste(picture.convert("L"), (n * (width + 12), 0))
    sheet.quantize(16).save(HERE / "pages.png", optimize=True)


SCREENS = {
    "screen": ["enter", "down", "down", "space", "down", "down", "space"],
    "sizes": ["enter", "down", "down", "space", "tab", "enter", "down", "down"],
}
"""Each picture of the screen, and the keys that lead to it."""


async def screen(name: str, keys: list[str]) -> None:
    app = BookletApp(Desk(Outside(), date.today()))
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.desk.loaded:
            await pilot.pause(0.05)
        for key in keys:
            await pilot.press(key)
            await app.workers.wait_for_complete()
        await pilot.pause()
        svg = app.export_screenshot(title="booklet")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # no address of a font on the network
    (HERE / f"{name}.svg").write_text(svg.replace("Fira Code", "monospace"), "utf-8")


if __name__ == "__main__":
    pages()
    for name, keys in SCREENS.items():
        asyncio.run(screen(name, keys))
