from __future__ import annotations

import pytest

from retention_reports.rendering.pdf import render_pdf
from retention_reports.rendering.pdf_document import RefusedResourceError
from tests.rendering.pdf_samples import DOCUMENT, page_with, unpacked

_LOCAL_FILE = "file:///etc/passwd"
_AWAY = "http://169.254.169.254/x"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="9" height="9"><title>a</title>{}</svg>'
_NESTED = "%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Cimage href='{}' width='9' height='9'/%3E"

BODIES = {
    "picture": '<img alt="a" src="{}">',
    "object": '<object data="{}">a</object>',
    "embed": '<embed src="{}">',
    "attachment link": '<a rel="attachment" href="{}">a</a>',
    "attachment": '<link rel="attachment" href="{}">',
    "style sheet": '<link rel="stylesheet" href="{}">',
    "style sheet in data": '<link rel="stylesheet" href="data:text/css,@import url({})">',
    "picture in SVG": _SVG.format('<image href="{}" width="5" height="5"/>'),
    "old picture in SVG": _SVG.format('<image xlink:href="{}" width="5" height="5"/>'),
    "picture in SVG in data": f'<img alt="a" src="data:image/svg+xml,{_NESTED}%3C/svg%3E">',
}

STYLES = {
    "import": '@import "{}";',
    "import as url": "@import url({});",
    "font": "@font-face {{ font-family: taken; src: url({}) }}",
    "background": "body {{ background: url({}) }}",
    "page background": "@page {{ background: url({}) }}",
    "margin box": "@page {{ @top-left {{ content: url({}) }} }}",
    "list mark": "li {{ list-style-image: url({}) }}",
    "border": "p {{ border: 1px solid; border-image: url({}) 1 }}",
    "content": "p::before {{ content: url({}) }}",
    "colours": "@color-profile --taken {{ src: url({}) }}",
}


def _refused(html: str) -> tuple[str, ...]:
    with pytest.raises(RefusedResourceError) as caught:
        render_pdf(html, document=DOCUMENT)
    assert all(url in str(caught.value) for url in caught.value.urls)
    return caught.value.urls


@pytest.mark.parametrize("url", [_LOCAL_FILE, _AWAY, "beside.svg"])
@pytest.mark.parametrize("kind", BODIES)
def test_no_element_loads_anything(kind: str, url: str) -> None:
    assert _refused(page_with(BODIES[kind].format(url))) == (url,)


@pytest.mark.parametrize("url", [_LOCAL_FILE, _AWAY, "beside.svg"])
@pytest.mark.parametrize("kind", STYLES)
def test_no_style_loads_anything(kind: str, url: str) -> None:
    assert _refused(page_with("<p>Text</p><ul><li>a</li></ul>", STYLES[kind].format(url))) == (url,)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java&#09;script:alert(1)",
        "data:text/html,x",
        "ftp://example.org/",
        "elsewhere.html",
        _LOCAL_FILE,
    ],
)
def test_a_link_leads_to_the_web_or_to_mail_or_is_refused(url: str) -> None:
    assert len(_refused(page_with(f'<a href="{url}">a</a>'))) == 1


def test_links_to_the_web_and_to_mail_stay() -> None:
    body = '<a href="https://example.org/?a=1">a</a> <a href="mailto:a@example.org">b</a>'

    pdf = unpacked(render_pdf(page_with(body), document=DOCUMENT))

    assert b"(https://example.org/?a=1)" in pdf
    assert b"(mailto:a@example.org)" in pdf


def test_every_refused_url_is_named_once_in_order() -> None:
    body = '<img alt="a" src="http://b/"><img alt="a" src="http://a/"><img alt="a" src="http://b/">'

    assert _refused(page_with(body)) == ("http://a/", "http://b/")


def test_the_message_is_short_and_cannot_command_a_terminal() -> None:
    message = str(RefusedResourceError(["http://a/\x1b[2J" + "x" * 10_000]))

    assert "\x1b" not in message
    assert len(message) < 400


@pytest.mark.parametrize(
    "body",
    [
        '<base href="http://169.254.169.254/">',
        f'<iframe src="{_AWAY}"></iframe><video src="{_AWAY}"></video><input type="image" src="{_AWAY}">',
        _SVG.format(f'<use href="{_AWAY}#a"/><a href="{_LOCAL_FILE}"><rect width="5" height="5"/></a>'),
        f'<p style="-weasy-link: url({_LOCAL_FILE}); link: url({_LOCAL_FILE})">a</p>',
        f'<p style="background-image: image-set(&quot;{_AWAY}&quot; 1x)">a</p>',
    ],
)
def test_what_weasyprint_does_not_know_leaves_no_trace(body: str) -> None:
    pdf = unpacked(render_pdf(page_with(body), document=DOCUMENT))

    assert b"169.254" not in pdf
    assert b"passwd" not in pdf


def test_svg_that_draws_itself_for_ever_is_stopped() -> None:
    loop = '<defs><g id="a"><use href="#a"/></g></defs><use href="#a"/>'

    with pytest.raises(Exception, match="SVG"):
        render_pdf(page_with(_SVG.format(loop)), document=DOCUMENT)
