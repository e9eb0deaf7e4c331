"""A client that is built alone has its PDF laid out by a second process; nothing else about the report changes."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
from functools import partial
from typing import TYPE_CHECKING

import pytest

from retention_reports.engine.build_key import Options
from retention_reports.engine.client_job import build_client
from retention_reports.engine.paper_process import paper_process
from retention_reports.engine.planning import jobs_now
from retention_reports.engine.workers import local_workers, outcomes
from retention_reports.errors import DataError, Location, Problem, RetentionReportsError
from retention_reports.messages import say
from retention_reports.rendering.pdf_document import PdfContentError, RefusedResourceError, TooManyPagesError
from tests.support.builds import build, report, repository_with_clients

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_the_report_has_the_same_bytes_with_and_without_a_second_process(tmp_path: Path) -> None:
    root = repository_with_clients(tmp_path, "a")

    results = [build(root, "--jobs", count, formats="json,html,pdf", output=count) for count in ("1", "2")]

    assert [result.exit_code for result in results] == [0, 0]
    names = {path.name for path in report(root, "a", output="1").iterdir()}
    assert "a-2026-Q1.pdf" in names
    for name in names:
        one, two = (report(root, "a", output=count) / name for count in ("1", "2"))
        assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("names", "formats", "processes"), [(["a"], ("pdf",), 1), (["a", "b"], ("pdf",), 2), (["a"], ("html",), 2)]
)
def test_there_is_none_where_it_would_have_nothing_to_do(
    names: list[str], formats: tuple[str, ...], processes: int, tmp_path: Path
) -> None:
    root = repository_with_clients(tmp_path, *names)

    with paper_process(jobs_now(root / "data", names, Options(None, formats)), processes) as paper:
        assert paper is None


def test_a_second_process_that_dies_fails_the_client_with_a_message(tmp_path: Path) -> None:
    jobs = jobs_now(repository_with_clients(tmp_path, "a") / "data", ["a"], Options(None, ("pdf",)))

    with paper_process(jobs, 2) as paper:
        assert paper is not None
        process = paper.submit(os.getpid).result()
        os.kill(process, signal.SIGKILL)
        (outcome,) = outcomes(jobs, partial(build_client, paper=paper), local_workers(1))

    assert outcome.failure is not None
    assert "ended without a word" in str(outcome.failure.message)


@pytest.mark.parametrize(
    "error",
    [
        RetentionReportsError(say("quarters.unreadable", quarter="no")),
        RefusedResourceError(["http://b/", "http://a/"]),
        PdfContentError(["a link to nowhere"]),
        TooManyPagesError(21, 20),
        DataError([Problem(Location("orders.csv", 2, "amount"), "unreadable amount", say("amounts.none"))]),
    ],
)
def test_what_the_user_can_mend_comes_back_as_it_was_said(error: RetentionReportsError) -> None:
    returned = pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own

    assert type(returned) is type(error)
    assert str(returned) == str(error)
    assert vars(returned) == vars(error)
