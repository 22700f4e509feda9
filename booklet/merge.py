"""Finished booklets to one file for the printer: in the order of the list, each as many times as it is wanted."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf

TITLE = "Booklets for printing"
UNWANTED = ("/StructParents", "/Tabs", "/Annots")
"""What ties a page to tags and links that the merged file does not have."""


def merge(booklets: Iterable[tuple[Path, int]]) -> bytes:
    """One PDF of booklets and their numbers of copies. Same files in, same bytes out.

    Pages are as they were, and each booklet is numbered from 1 again; one that is printed on both sides and ends on a
    front has a blank back, so that the next begins a sheet. All must be for one paper and one number of sides: the file
    says once how to print them. Like a file for folding it has no tags and no links and no claim to a standard: it is
    for the printer, and its title says so. For reading there are the booklets themselves.
    """
    import pikepdf

    with pikepdf.new() as merged:
        starts: list[tuple[str, int]] = []
        for path, copies in booklets:
            with pikepdf.open(path) as booklet:
                duplex = str(booklet.Root.ViewerPreferences.Duplex)
                for _ in range(copies):
                    starts.append((path.stem, len(merged.pages)))
                    merged.pages.extend(booklet.pages)
                    if duplex != "/Simplex" and len(merged.pages) % 2:
                        _, _, width, height = map(float, merged.pages[-1].mediabox.as_list())
                        merged.add_blank_page(page_size=(width, height))
                merged.docinfo["/Producer"] = str(booklet.docinfo["/Producer"])
        _tell(merged, starts, duplex)
        out = BytesIO()
        merged.save(out, min_version="1.7", deterministic_id=True)
    return out.getvalue()


def _tell(merged: "pikepdf.Pdf", starts: list[tuple[str, int]], duplex: str) -> None:
    """How to print it, what it is, and where each booklet begins."""
    import pikepdf

    for page in merged.pages:
        for key in UNWANTED:
            if key in page.obj:
                del page.obj[key]
    merged.Root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True, Duplex=pikepdf.Name(duplex), PrintScaling=pikepdf.Name("/None")
    )
    labels = [entry for _, start in starts for entry in (start, pikepdf.Dictionary(S=pikepdf.Name.D))]
    merged.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))
    merged.docinfo["/Title"] = TITLE
    with merged.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(name, start) for name, start in starts)
