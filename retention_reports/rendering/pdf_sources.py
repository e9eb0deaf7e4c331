"""What a PDF may load and link to: its own fonts, `data:` URLs, and links to the web or to an address for mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weasyprint.urls import URLFetcher, URLFetcherResponse

from retention_reports.rendering.fonts import print_fonts

if TYPE_CHECKING:
    from weasyprint import HTML, Document

_LINK_SCHEMES = frozenset({"http", "https", "mailto"})


class ClosedFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint has no types
    """Serves the bundled fonts and `data:` URLs, and remembers every other URL in `refused`."""

    def __init__(self) -> None:
        """Start with nothing refused."""
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.refused: list[str] = []
        self._fonts = print_fonts()

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return a font or the content of a `data:` URL; raise `ValueError` for all others."""
        if url in self._fonts:
            return URLFetcherResponse(url, self._fonts[url], {"Content-Type": "font/otf"})
        if not url.lower().startswith("data:"):
            self.refused.append(url)
            message = f"refused: {url}"
            raise ValueError(message)  # WeasyPrint goes on as with a missing file, so that all are found in one run
        return super().fetch(url, headers)


def forbidden_targets(html: HTML, rendered: Document) -> list[str]:
    """Return the targets of links that would attach a file or start anything but a browser or a mail program."""
    attached = [
        link.get("href", "") for link in html.etree_element.iter("link") if "attachment" in link.get("rel", "").lower()
    ]
    links = [(kind, target) for page in rendered.pages for kind, target, *_ in page.links if kind != "internal"]
    return attached + [target for kind, target in links if kind == "attachment" or not _may_be_followed(target)]


def _may_be_followed(url: str) -> bool:
    """Return whether a reader may safely click the link."""
    return url.partition(":")[0].lower() in _LINK_SCHEMES
