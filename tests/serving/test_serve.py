"""The page shown while a client is worked on: news after each change, and nothing for anybody else."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import subprocess
import sys
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from retention_reports.serving.page import Page
from retention_reports.serving.rebuilding import rebuild_on_change
from retention_reports.serving.server import ReportServer
from tests.support.builds import ORDERS, write_named_client
from tests.support.pipelines import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_named_client(tmp_path / "data", "a")


@pytest.fixture
def server(folder: Path) -> Iterator[ReportServer]:
    page, ended = Page(), Event()
    with ReportServer(page, 0) as server:
        threads = [
            Thread(target=server.serve_forever, daemon=True),
            Thread(target=rebuild_on_change, args=(page, folder, "2026-Q1", ended, "en"), daemon=True),
        ]
        for thread in threads:
            thread.start()
        assert page.next_after(0, 60) is not None
        yield server
        ended.set()
        server.shutdown()
        for thread in threads:
            thread.join()


def ask(server: ReportServer, path: str, host: str = "") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{server.server_port}"})
    return connection.getresponse()


def event(news: http.client.HTTPResponse) -> tuple[str, str]:
    """Return the next event's name and text, passing over the beats."""
    while not (line := news.readline()).startswith(b"event: "):
        assert line, "the news have ended"
    data = news.readline().removeprefix(b"data: ")
    return line.removeprefix(b"event: ").decode().strip(), json.loads(data)


def test_a_saved_note_is_news_and_stands_in_the_report(server: ReportServer, folder: Path) -> None:
    before = ask(server, "/report").read().decode()
    news = ask(server, "/changes")
    assert event(news) == ("report", "")
    assert news.getheader("Content-Type") == "text/event-stream"

    (folder / "notes").mkdir()
    (folder / "notes/2026-Q1.md").write_text("Frisch notiert.\n")

    assert event(news) == ("report", "")
    assert "Frisch notiert." not in before
    assert "Frisch notiert." in ask(server, "/report").read().decode()


def test_errors_are_news_and_the_last_report_stays(server: ReportServer, folder: Path) -> None:
    before = ask(server, "/report").read()
    news = ask(server, "/changes")
    assert event(news) == ("report", "")

    (folder / "orders.csv").write_text(ORDERS + "3,K1,31.02.2026,1\n")

    name, text = event(news)
    assert name == "problems"
    assert f"{folder.as_posix()}/orders.csv:4:ordered_on" in text
    assert ask(server, "/report").read() == before
    assert event(ask(server, "/changes")) == (name, text)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "0.0.0.0"])  # noqa: S104 -- asked for, not listened on
def test_a_page_of_the_web_that_poses_as_this_machine_gets_nothing(server: ReportServer, host: str) -> None:
    for path in ("/", "/report", "/changes"):
        answer = ask(server, path, host)
        assert answer.status == 421
        assert b"Firm" not in answer.read()


def test_only_the_loopback_address_is_listened_on(server: ReportServer) -> None:
    assert server.server_address[0] == "127.0.0.1"
    with socket.socket() as other:
        other.settimeout(1)
        assert other.connect_ex(("127.0.0.2", server.server_port)) != 0


@pytest.mark.parametrize("path", ["/etc/passwd", "/../../etc/passwd", "/report/..", "/changes?x"])
def test_nothing_else_is_served(server: ReportServer, path: str) -> None:
    assert ask(server, path).status == 404


def test_the_served_page_keeps_a_policy(server: ReportServer) -> None:
    policy = ask(server, "/").getheader("Content-Security-Policy", "")

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert b"http-equiv" in ask(server, "/report").read(2000)


def test_a_port_that_is_taken_is_told(server: ReportServer, folder: Path) -> None:
    words = ["serve", "a", "--data", str(folder.parent), "--port", str(server.server_port)]

    done = subprocess.run(
        [sys.executable, "-m", "retention_reports", *words],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 1
    assert "--port names another" in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_the_browser_shows_a_saved_note_by_itself_under_the_policies(server: ReportServer, folder: Path) -> None:
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(server.url)
        report = page.frame_locator("#report")
        expect(report.locator("#summary")).to_be_visible()

        (folder / "notes").mkdir()
        (folder / "notes/2026-Q1.md").write_text("Frisch notiert.\n")
        expect(report.get_by_text("Frisch notiert.")).to_be_visible(timeout=20_000)
        (folder / "notes/2026-Q1.md").write_text("# Nirgends\n\nx\n")
        expect(page.locator("#problems")).to_contain_text("notes/2026-Q1.md", timeout=20_000)
        browser.close()

    assert complaints == []
