"""Pipelines: which clients a push has changed, problems at their lines, and the ready files, step by step."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from retention_reports.cli import main
from retention_reports.commands.annotations import Told, github_annotations
from retention_reports.errors import Location, Problem
from retention_reports.messages import say
from tests.support.builds import AFTER_THE_QUARTER, ORDERS, report, repository_with_clients, run, write_named_client
from tests.support.pipelines import PROJECT, github_steps, gitlab_script, run_script
from tests.support.repositories import commit, new_repository, run_git

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")]
needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="the steps are shell scripts")
GITHUB = (PROJECT / "retention_reports/ci/github.yml").read_text("utf-8")
GITLAB = (PROJECT / "retention_reports/ci/gitlab.yml").read_text("utf-8")
ZEROS = "0" * 40


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository_with_clients(tmp_path, "a", "b", "c")


def changed(root: Path, since: str) -> tuple[list[str], str]:
    done = run(root, "changed", f"--since={since}", "--format", "json")
    assert done.exit_code == 0, done.output
    names: list[str] = json.loads(done.stdout)
    return names, done.stderr


def edit(root: Path, name: str) -> None:
    file = root / "data" / name / "orders.csv"
    file.write_text(file.read_text() + f"{len(file.read_text())},K1,2026-03-03,10.00\n")


def test_only_clients_whose_files_changed_are_named(root: Path) -> None:
    before = run_git(root, "rev-parse", "HEAD")
    edit(root, "b")
    (root / "README").write_text("x")
    commit(root)
    edit(root, "c")
    edit(root, "a")
    (root / "data/a/orders.csv").write_text(ORDERS)
    commit(root)

    assert changed(root, before) == (["b", "c"], "")
    assert run(root, "changed", "--since", before).stdout == "b\nc\n"


def test_what_is_not_committed_does_not_count(root: Path) -> None:
    edit(root, "b")

    assert changed(root, "HEAD") == ([], "")


def test_a_deleted_client_is_told_and_a_renamed_one_is_named_anew(root: Path) -> None:
    shutil.rmtree(root / "data/a")
    (root / "data/b").rename(root / "data/d")
    commit(root)

    assert changed(root, "HEAD~1") == (["d"], "a: deleted since\nb: deleted since\n")


@pytest.mark.parametrize("since", [ZEROS, ""])
def test_at_a_first_push_all_clients_are_named(root: Path, since: str) -> None:
    assert changed(root, since) == (["a", "b", "c"], "all clients: there is no earlier commit\n")


def test_after_history_was_rewritten_all_clients_are_named(root: Path) -> None:
    names, remark = changed(root, "1" * 40)

    assert names == ["a", "b", "c"]
    assert "history was rewritten" in remark


def test_in_a_shallow_clone_all_clients_are_named(root: Path, tmp_path: Path) -> None:
    before = run_git(root, "rev-parse", "HEAD")
    edit(root, "b")
    commit(root)
    run_git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), "shallow")

    assert changed(tmp_path / "shallow", before)[0] == ["a", "b", "c"]


def test_without_commits_there_is_nothing_to_compare(tmp_path: Path) -> None:
    root = new_repository(tmp_path / "empty")
    write_named_client(root / "data", "a")

    assert run(root, "changed", "--since", ZEROS).exit_code == 2


def test_a_folder_that_is_no_client_is_never_named(root: Path) -> None:
    (root / "data/shared").mkdir()
    (root / "data/shared/list.csv").write_text("x")
    (root / "data/$(id)").mkdir()
    (root / "data/$(id)/client.toml").write_text("name = 'x'")
    commit(root)

    assert changed(root, ZEROS)[0] == ["a", "b", "c"]


def test_github_shows_problems_at_file_and_line(root: Path) -> None:
    (root / "data/a/orders.csv").write_text(ORDERS + "3,K1,31.02.2026,1\n")

    done = run(root, "check", "--format", "github")

    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(f"::error file={root.as_posix()}/data/a/orders.csv,line=4,title=".replace(":/", "%3A/"))
    assert "::ordered_on: " in lines[0]


def test_gitlab_gets_a_report_of_code_quality(root: Path) -> None:
    (root / "data/a/orders.csv").write_text(ORDERS + "3,K1,31.02.2026,1\n")

    done = run(root, "check", "--format", "gitlab")

    entry = json.loads(done.stdout)[0]
    assert entry["location"] == {"path": (root / "data/a/orders.csv").as_posix(), "lines": {"begin": 4}}
    assert entry["severity"] == "major"
    assert len(entry["fingerprint"]) == 64


def test_programs_get_problems_with_file_line_and_column(root: Path) -> None:
    (root / "data/a/orders.csv").write_text(ORDERS + "3,K1,31.02.2026,1\n")

    done = run(root, "check", "--format", "json")

    [problem] = json.loads(done.stdout)["problems"]
    assert done.exit_code == 1
    assert (problem["client"], problem["severity"], problem["line"]) == ("a", "error", 4)
    assert problem["column"] == "ordered_on"


def test_tools_for_analysis_get_sarif(root: Path) -> None:
    (root / "data/a/orders.csv").write_text(ORDERS + "3,K1,31.02.2026,1\n")

    log = json.loads(run(root, "check", "--format", "sarif").stdout)

    [result] = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (log["version"], result["level"]) == ("2.1.0", "error")
    assert place["artifactLocation"]["uri"].endswith("data/a/orders.csv")
    assert place["region"] == {"startLine": 4}
    assert log["runs"][0]["tool"]["driver"]["rules"] == [{"id": result["ruleId"]}]


def test_data_cannot_write_commands_into_the_log() -> None:
    problem = Problem(
        Location("a,b:c.csv", 3), "odd:kind", say("settings.as_said", reason="100 %\r\n::set-output name=x::y")
    )

    assert github_annotations([Told("a", [problem], "en", None)]) == (
        "::error file=a%2Cb%3Ac.csv,line=3,title=odd%3Akind::100 %25%0D%0A::set-output name=x::y"
    )


def _checkout(folder: Path) -> None:
    (folder / ".ci").mkdir()
    shutil.copy(PROJECT / ".ci/environment", folder / ".ci/environment")


def test_the_pipelines_are_written_out_and_never_over_something_else(tmp_path: Path) -> None:
    _checkout(tmp_path)
    words = ["ci", "github", "--project", str(tmp_path)]
    target = tmp_path / ".github/workflows/retention-reports.yml"

    assert CliRunner().invoke(main, words).exit_code == 0
    assert target.read_text("utf-8") == GITHUB
    assert CliRunner().invoke(main, words).exit_code == 0
    target.write_text("mine")
    assert CliRunner().invoke(main, words).exit_code == 1
    assert target.read_text() == "mine"
    assert CliRunner().invoke(main, [*words, "--force"]).exit_code == 0
    assert CliRunner().invoke(main, ["ci", "gitlab", "--project", str(tmp_path)]).exit_code == 0
    assert (tmp_path / ".gitlab-ci.yml").read_text("utf-8") == GITLAB


def test_the_project_uses_the_pipeline_that_it_writes() -> None:
    assert (PROJECT / ".github/workflows/retention-reports.yml").read_text("utf-8") == GITHUB


def test_no_expression_is_pasted_into_a_script() -> None:
    for job in ("check", "changed", "build"):
        for script, _ in github_steps(GITHUB, job, {"github.event.before": "", "matrix.client": ""}):
            assert "${{" not in script
    assert "needs.changed.outputs.clients != '[]'" in GITHUB
    assert "permissions:\n  contents: read\n" in GITHUB
    assert "pull_request_target" not in GITHUB


@needs_shell
def test_the_steps_for_github_check_find_and_build(root: Path) -> None:
    before = run_git(root, "rev-parse", "HEAD")
    edit(root, "b")
    commit(root, date=AFTER_THE_QUARTER)
    for script, environment in github_steps(GITHUB, "check", {}):
        assert run_script(root, script, environment).returncode == 0
    for script, environment in github_steps(GITHUB, "changed", {"github.event.before": before}):
        done = run_script(root, script, environment)
        assert done.returncode == 0, done.stderr
    assert (root.parent / "output").read_text() == 'clients=["b"]\n'

    for script, environment in github_steps(GITHUB, "build", {"matrix.client": "b"}):
        done = run_script(root, script, environment)
        assert done.returncode == 0, done.stderr

    assert [path.name for path in (root / "reports").iterdir() if path.is_dir()] == ["b"]
    assert report(root, "b").is_dir()


@needs_shell
def test_the_check_fails_the_step_and_shows_the_line(root: Path) -> None:
    (root / "data/b/orders.csv").write_text(ORDERS + "3,K1,31.02.2026,1\n")

    script, environment = github_steps(GITHUB, "check", {})[-1]
    done = run_script(root, script, environment)

    assert done.returncode == 1
    assert done.stdout.startswith("::error file=data/b/orders.csv,line=4,")


@needs_shell
def test_hostile_values_stay_values(root: Path) -> None:
    evil = "$(touch executed); `touch executed`; --help"
    steps = [
        *github_steps(GITHUB, "changed", {"github.event.before": evil}),
        *github_steps(GITHUB, "build", {"matrix.client": evil}),
    ]

    for script, environment in steps:
        run_script(root, script, environment)

    assert (root.parent / "output").read_text() == 'clients=["a", "b", "c"]\n'
    assert not (root / "executed").exists()


@needs_shell
def test_the_steps_for_gitlab_check_and_build_what_changed(root: Path) -> None:
    before = run_git(root, "rev-parse", "HEAD")
    assert run_script(root, "\n".join(gitlab_script(GITLAB, "check")), {}).returncode == 0
    assert json.loads((root / "code-quality.json").read_text()) == []
    build = "\n".join(gitlab_script(GITLAB, "build"))
    assert run_script(root, build, {"CI_COMMIT_BEFORE_SHA": before}).returncode == 0
    assert not (root / "reports").exists()
    edit(root, "c")
    commit(root, date=AFTER_THE_QUARTER)

    done = run_script(root, build, {"CI_COMMIT_BEFORE_SHA": before})

    assert done.returncode == 0, done.stderr
    assert [path.name for path in (root / "reports").iterdir() if path.is_dir()] == ["c"]


def test_the_hook_for_pre_commit_calls_a_command_that_there_is() -> None:
    hook = (PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8")
    entry = re.search(r"entry: retention-reports (\w+)", hook)

    assert entry is not None
    assert main.get_command(main.make_context("x", ["--help"], resilient_parsing=True), entry[1]) is not None
    assert "id: retention-check" in hook
