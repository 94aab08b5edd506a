"""A link from one page of the repository to another leads somewhere."""

import re
from pathlib import Path

from tests.house.tree import ROOT, shown, tracked

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def test_every_link_inside_the_repository_resolves() -> None:
    pages = [path for path in tracked() if path.suffix == ".md"]
    assert {shown(page): lost for page in pages if (lost := lost_links(page))} == {}


def test_every_page_of_docs_is_in_its_index() -> None:
    index = ROOT / "docs" / "README.md"
    metrics = ROOT / "docs" / "reference" / "metrics.md"  # the index of its own many pages
    linked = {
        (page.parent / link.split("#")[0]).resolve()
        for page in (index, metrics)
        for link in links(page.read_text("utf-8"))
    }
    pages = {path for path in tracked() if path.suffix == ".md" and path.is_relative_to(ROOT / "docs")}
    assert sorted(shown(page) for page in pages - linked - {index}) == []


def lost_links(page: Path) -> list[str]:
    """Return the links of a page that lead to no file, or to a heading that its file lacks."""
    return [link for link in links(page.read_text("utf-8")) if not _leads_somewhere(page, link)]


def links(text: str) -> list[str]:
    """Return the links of a page to other pages of the repository; what stands in code is no link."""
    found = LINK.findall(CODE.sub("", text))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(text: str) -> set[str]:
    """Return the names by which a page's headings can be linked to."""
    headings = re.findall(r"^#+ +(.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return False
    return not anchor or target.suffix != ".md" or anchor in anchors(target.read_text("utf-8"))
