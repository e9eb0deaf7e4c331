"""A web server for one reader at this machine: it listens on the loopback address and answers to its name alone."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from typing import TYPE_CHECKING, ClassVar, cast

if TYPE_CHECKING:
    from retention_reports.serving.page import Page, Shown

LOOPBACK = "127.0.0.1"
_BEAT_SECONDS = 5.0
_INNER = re.compile(r"<(style|script)>(.*?)</\1>", re.DOTALL)


class ReportServer(ThreadingHTTPServer):
    """Serves a page: the frame at `/`, the report in it at `/report`, and news of it at `/changes`."""

    daemon_threads: ClassVar[bool] = True  # type: ignore[misc] # a reader who waits for news holds nobody up

    def __init__(self, page: Page, port: int) -> None:
        """Listen on the port, or on a free one where it is 0.

        Raises:
            OSError: the port is taken.
        """
        super().__init__((LOOPBACK, port), _Handler)
        self.page = page
        self.frame = (resources.files("retention_reports.serving") / "frame.html").read_text("utf-8")
        self.policy = _policy(self.frame)

    @property
    def url(self) -> str:
        """Where the browser finds the page."""
        return f"http://{LOOPBACK}:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    """Answers requests for the three paths, and only those that name this machine as their host.

    A page on the web can let its own name point to the loopback address; the browser would then send that name.
    """

    @property
    def _server(self) -> ReportServer:
        return cast("ReportServer", self.server)

    def do_GET(self) -> None:
        """Answer a request."""
        port = self._server.server_port
        if self.headers.get("Host") not in (f"{LOOPBACK}:{port}", f"localhost:{port}"):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.path == "/":
            self._answer(self._server.frame, {"Content-Security-Policy": self._server.policy})
        elif self.path == "/report":
            self._answer(self._server.page.shown.report, {})
        elif self.path == "/changes":
            self._tell_changes()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
        """Keep the terminal for problems."""

    def _answer(self, html: str, headers: dict[str, str]) -> None:
        content = html.encode("utf-8")
        self.send_response(HTTPStatus.OK)
        self._send_headers({"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(content)), **headers})
        self.wfile.write(content)

    def _send_headers(self, headers: dict[str, str]) -> None:
        general = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
        for name, value in (general | headers).items():
            self.send_header(name, value)
        self.end_headers()

    def _tell_changes(self) -> None:
        """Send the state as it is and each that follows, until the reader has gone; comments show whether he has.

        The first event makes up for a change between the reader's questions for the report and for its news.
        """
        self.send_response(HTTPStatus.OK)
        self._send_headers({"Content-Type": "text/event-stream"})
        number = 0
        try:
            while True:
                shown = self._server.page.next_after(number, _BEAT_SECONDS)
                number = number if shown is None else shown.number
                self.wfile.write(b": \n\n" if shown is None else _event(shown))
        except OSError:
            return


def _event(shown: Shown) -> bytes:
    name = "problems" if shown.problems else "report"
    return f"event: {name}\ndata: {json.dumps(shown.problems)}\n\n".encode()


def _policy(html: str) -> str:
    """Allow the frame's own style and script, the report inside it, and the news; nothing else."""
    hashes = {kind: _digest(content) for kind, content in _INNER.findall(html)}
    return (
        f"default-src 'none'; style-src {hashes['style']}; script-src {hashes['script']}; "
        "connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
