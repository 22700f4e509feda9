"""The times as a picture: seconds against pages, both on scales where each step is ten times the one before."""

import math
from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT = 840, 460
LEFT, RIGHT, TOP, BOTTOM = 70, 270, 30, 60
COLOURS = ("#000000", "#595959", "#0b5fa5", "#9a3b00", "#1b6e3c", "#7a1f7a")
DASHES = ("", "2 4", "8 4", "", "10 3 2 3", "4 4")
"""A line differs from the others by more than its colour."""
Line = tuple[str, Sequence[tuple[float, float]]]
"""An engine with its points, as pages and seconds."""


def chart(lines: Sequence[Line], told: str) -> str:
    """An SVG; `told` is what it shows, in words. The scale of pages is marked where the first engine was measured."""
    points = [point for _, line in lines for point in line]
    least = math.floor(math.log10(min(seconds for _, seconds in points)))
    most = math.ceil(math.log10(max(seconds for _, seconds in points)))
    pages = sorted({pages for pages, _ in points})
    start, end = math.log10(pages[0]), max(math.log10(pages[-1]), math.log10(pages[0]) + 0.1)

    def x(number: float) -> float:
        return LEFT + (math.log10(number) - start) / (end - start) * (WIDTH - LEFT - RIGHT)

    def y(seconds: float) -> float:
        return HEIGHT - BOTTOM - (math.log10(seconds) - least) / max(most - least, 1) * (HEIGHT - TOP - BOTTOM)

    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="15"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box}>',
        f'<title id="t">Seconds for a build, by pages</title><desc id="d">{escape(told)}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(least, most + 1):
        at = y(10**power)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#cccccc"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 5:.1f}" text-anchor="end">{10.0**power:g} s</text>')
    for number, _ in lines[0][1]:
        parts.append(f'<text x="{x(number):.1f}" y="{HEIGHT - BOTTOM + 22}" text-anchor="middle">{number:g}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">pages</text>')
    labels = _spaced([(y(line[-1][1]), n) for n, (_, line) in enumerate(lines)])
    for n, (name, line) in enumerate(lines):
        drawn = " ".join(f"{x(number):.1f},{y(seconds):.1f}" for number, seconds in line)
        pen = f'stroke="{COLOURS[n % 6]}" stroke-width="{4 if n == 0 else 2}" stroke-dasharray="{DASHES[n % 6]}"'
        parts.append(f'<polyline points="{drawn}" fill="none" {pen}/>')
        parts.append(
            f'<text x="{WIDTH - RIGHT + 10}" y="{labels[n] + 5:.1f}" fill="{COLOURS[n % 6]}">{escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _spaced(ends: Sequence[tuple[float, int]]) -> dict[int, float]:
    """Where each label stands, from the top down and never nearer than a line to the one above."""
    placed: dict[int, float] = {}
    above = -math.inf
    for at, n in sorted(ends):
        above = placed[n] = max(at, above + 18)
    return placed
