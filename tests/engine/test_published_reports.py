"""Published reports stay as they were said; what the data says now stands beside them."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from retention_reports import __version__
from retention_reports.reading.published import read_publications
from tests.support.builds import ORDERS, build, figures, report, repository_with_clients, run
from tests.support.repositories import commit, program, run_git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
HEADER = "order_id,customer_id,ordered_on,amount\n"
AFTER_APRIL = "2026-07-10T12:00:00+02:00"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Frieda Muster")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "frieda@example.org")
    return repository_with_clients(tmp_path, "a", "b")


def publish(root: Path, *words: str, client: str = "a", quarter: str = "2026-Q1") -> Result:
    return run(root, "publish", client, quarter, "--output", str(root / "reports"), *words)


def published(root: Path) -> Path:
    """Build and publish the first quarter's report of client a."""
    assert build(root, formats="html,json").exit_code == 0
    done = publish(root)
    assert done.exit_code == 0, done.output
    return root


def rewrite(root: Path, orders: str, date: str = AFTER_APRIL) -> None:
    (root / "data/a/orders.csv").write_text(orders)
    commit(root, date=date)


def restated(root: Path, quarter: str = "2026-Q1") -> Any:  # noqa: ANN401 -- JSON
    return figures(report(root, "a", quarter)).get("restated")


def test_a_published_report_is_an_annotated_tag_with_the_figures_as_they_were_said(root: Path) -> None:
    published(root)

    assert run_git(root, "cat-file", "-t", "report/a/2026-Q1") == "tag"
    assert run_git(root, "rev-parse", "report/a/2026-Q1^{commit}") == run_git(root, "rev-parse", "HEAD")
    text = run_git(root, "for-each-ref", "--format=%(taggername)%0a%(contents)", "refs/tags/report")
    assert text.startswith(f"Frieda Muster\nretention-reports {__version__}\n\n{{")
    found = read_publications(root, "a", "HEAD")[0]
    assert found.figures == figures(report(root, "a"))
    assert (found.client, found.quarter, found.tool_version) == ("a", "2026-Q1", __version__)


def test_building_again_after_publishing_gives_the_same_bytes(root: Path) -> None:
    published(root)
    before = {path.name: path.read_bytes() for path in report(root, "a").iterdir() if not path.name.startswith(".")}

    build(root, "--force", formats="html,json")

    assert {path.name: path.read_bytes() for path in report(root, "a").iterdir() if path.name in before} == before


def test_a_second_time_must_be_asked_for(root: Path) -> None:
    published(root)
    first = run_git(root, "rev-parse", "report/a/2026-Q1")

    assert publish(root).exit_code == 1
    assert run_git(root, "rev-parse", "report/a/2026-Q1") == first
    rewrite(root, ORDERS.replace("100.00", "120.00"))
    build(root, "a", "--quarter", "2026-Q1")
    assert publish(root, "--again").exit_code == 0
    assert run_git(root, "rev-parse", "report/a/2026-Q1^{commit}") == run_git(root, "rev-parse", "HEAD")


def test_what_is_not_committed_or_was_edited_or_is_not_built_is_not_published(root: Path) -> None:
    assert "build the report first" in publish(root).stderr
    build(root)
    file = report(root, "a") / "figures.json"
    file.write_text(file.read_text().replace("150.5", "1150.5"))
    assert "is not as it was built" in publish(root).stderr
    (root / "data/a/orders.csv").write_text(ORDERS.replace("100.00", "120.00"))
    build(root)
    assert "no commit holds (state: dirty)" in publish(root).stderr
    assert publish(root, client="../x").exit_code == 1
    assert run_git(root, "tag", "--list") == ""


def test_without_a_name_for_the_user_nothing_is_published(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(root)
    monkeypatch.delenv("GIT_COMMITTER_NAME")
    monkeypatch.delenv("GIT_COMMITTER_EMAIL")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("HOME", str(root))
    run_git(root, "config", "user.useConfigOnly", "true")

    done = publish(root)

    assert done.exit_code == 1
    assert "user.name" in done.stderr


def test_publishing_signs_nothing_and_runs_no_hook(root: Path, tmp_path: Path) -> None:
    trap = program(tmp_path / "trap", f"touch '{tmp_path / 'executed'}'; exit 1")
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    shutil.copy(trap, hooks / "reference-transaction")
    for key, value in {
        "core.hooksPath": hooks,
        "tag.gpgSign": "true",
        "gpg.program": trap,
        "core.editor": trap,
    }.items():
        run_git(root, "config", key, str(value))

    published(root)

    assert not (tmp_path / "executed").exists()


def test_late_corrected_and_deleted_rows_are_told_with_what_they_change(root: Path) -> None:
    published(root)
    late = "3,K1,2026-02-02,30.00\n"
    rewrite(root, HEADER + "1,K1,2026-01-05,120.00\n" + late + "4,K2,2026-05-06,60.00\n")

    build(root, "--quarter", "2026-Q1", formats="html,json")

    entry = restated(root)[0]
    changes = {change["key"]: (change["published"], change["now"]) for change in entry["figures"]}
    assert changes["pillars.revenue.total"] == (150.5, 150.0)
    assert entry["rows"] == {"orders": {"added": 1, "corrected": 1, "deleted": 1}}
    page = (report(root, "a") / "a-2026-Q1.html").read_text()
    for text in ('id="restated"', "Berichtigte Zahlen", "150,50", "150,00", "nachgetragen", "100.00", "120.00"):
        assert text in page


def test_rows_of_the_next_quarter_restate_nothing(root: Path) -> None:
    published(root)
    rewrite(root, ORDERS + "3,K1,2026-05-06,60.00\n")

    build(root, "--quarter", "2026-Q1", formats="html,json")

    assert restated(root) is None
    assert 'id="restated"' not in (report(root, "a") / "a-2026-Q1.html").read_text()


def test_the_next_quarters_report_tells_what_has_changed_in_earlier_ones(root: Path) -> None:
    published(root)
    rewrite(root, ORDERS.replace("100.00", "120.00") + "3,K1,2026-05-06,60.00\n")

    build(root, "--quarter", "2026-Q2")

    assert [entry["quarter"] for entry in restated(root, "2026-Q2")] == ["2026-Q1"]
    assert restated(root, "2026-Q2")[0]["rows"] == {"orders": {"added": 0, "corrected": 1, "deleted": 0}}
    assert "restated" not in figures(report(root, "b", "2026-Q1"))


def test_data_of_then_that_cannot_be_read_any_more_leaves_the_rows_unknown(root: Path) -> None:
    build(root)
    content = json.loads((report(root, "a") / "figures.json").read_text())
    content["pillars"]["revenue"]["total"] = 1.0
    rewrite(root, "not,a,table\n")
    message = f"retention-reports 0.9\n\n{json.dumps(content)}"
    run_git(root, "tag", "--annotate", "--cleanup=verbatim", "--message", message, "report/a/2026-Q1")
    rewrite(root, ORDERS)

    build(root, "a", "--quarter", "2026-Q1")

    assert restated(root)[0]["rows"] is None
    assert restated(root)[0]["published_tool_version"] == "0.9"


@pytest.mark.parametrize(
    "message",
    ["", "retention-reports 1\n\n[]", "retention-reports 1\n\n{", "x\n\n{}", "retention-reports 1\n\n" + "[" * 9999],
)
def test_tags_of_other_making_are_passed_over(root: Path, message: str) -> None:
    run_git(root, "tag", "--annotate", "--cleanup=verbatim", "--message", message or " ", "report/a/2026-Q1")
    run_git(root, "tag", "report/b/2026-Q1")

    assert build(root).exit_code == 0
    assert restated(root) is None


def test_compare_prints_figures_and_rows(root: Path) -> None:
    rewrite(root, ORDERS.replace("100.00", "120.00") + "3,K1,2026-02-02,30.00\n")

    done = run(root, "compare", "a", "2026-Q1", "--with", "HEAD~1")

    assert done.exit_code == 0, done.output
    assert "  pillars.revenue.total: 150.5 -> 200.5" in done.stdout
    assert "orders: 1 added, 1 corrected, 0 deleted" in done.stdout
    assert "  + 3" in done.stdout
    assert "  ~ 1 amount: 100.00 -> 120.00" in done.stdout


def test_compare_with_the_same_state_finds_nothing(root: Path) -> None:
    done = run(root, "compare", "a", "2026-Q1", "--with", "HEAD")

    assert done.stdout.startswith("0 figures")
    assert done.stdout.count("\n") == 1
