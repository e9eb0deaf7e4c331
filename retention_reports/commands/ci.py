"""`retention-reports ci`."""

from __future__ import annotations

import shlex
from importlib import resources
from pathlib import Path

import click

from retention_reports import __version__
from retention_reports.commands.language import spoken_for_all
from retention_reports.commands.options import Failure, Refusal
from retention_reports.commands.printing import echo
from retention_reports.messages import say

TARGETS = {"github": ".github/workflows/retention-reports.yml", "gitlab": ".gitlab-ci.yml"}
_IN_CHECKOUT = "sh .ci/environment requirements.lock"
_OF_CHECKOUT = "The data lies in the project of the program."
_OF_OTHERS = "The data lies in a project of its own; the program is the release named below."
_LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_APT = (
    "sudo apt-get -qq update",
    f"sudo apt-get -qq install --yes --no-install-recommends {_LIBRARIES}",
)


@click.command()
@click.argument("host", type=click.Choice(list(TARGETS)))
@click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    show_default="here",
    help="The project's folder.",
)
@click.option(
    "--install",
    "requirement",
    default=f"retention-reports=={__version__}",
    show_default=True,
    metavar="REQUIREMENT",
    help="What pip installs in a project that holds data alone.",
)
@click.option("--force", is_flag=True, help="Replace a file that says something else.")
def command(host: str, project: Path, requirement: str, *, force: bool) -> None:
    """Write a ready pipeline for GitHub or GitLab into the project."""
    language = spoken_for_all(project / "data")
    if not requirement.isprintable() or not requirement.strip():
        raise Refusal(say("commands.no_requirement"), language)
    content = pipeline(host, project, requirement.strip()).encode()
    target = project / TARGETS[host]
    try:
        if target.exists() and target.read_bytes() != content and not force:
            raise Failure(say("commands.says_something_else", path=str(target)), language)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except OSError as error:
        refused = say("writing.refused", path=str(error.filename or target), reason=str(error.strerror))
        raise Failure(refused, language) from error
    echo(target)


def pipeline(host: str, project: Path, requirement: str) -> str:
    """Return the pipeline of a project: of a checkout of the program, or of data alone with a release by pip."""
    text = (resources.files("retention_reports.ci") / f"{host}.yml").read_text("utf-8")
    if (project / ".ci" / "environment").is_file():
        return text
    pip = ("python3 -m venv .venv", f".venv/bin/python -m pip install --quiet {shlex.quote(requirement)}")
    text = text.replace(_OF_CHECKOUT, _OF_OTHERS)
    if host == "gitlab":
        plain = text.replace("--no-install-recommends git ", f"--no-install-recommends git {_LIBRARIES} ")
        return plain.replace(f"    - {_IN_CHECKOUT}\n", "".join(f"    - {_quoted(line)}\n" for line in pip))
    before, step, build = text.rpartition(f"run: {_IN_CHECKOUT}\n")
    return before.replace(f"run: {_IN_CHECKOUT}\n", _block(pip)) + (_block((*_APT, *pip)) if step else "") + build


def _block(lines: tuple[str, ...]) -> str:
    return "run: |\n" + "".join(f"          {line}\n" for line in lines)


def _quoted(line: str) -> str:
    """Return a line as YAML takes it for a text, whatever stands in it."""
    return "'" + line.replace("'", "''") + "'"
