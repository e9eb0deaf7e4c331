"""`retention-reports ci`."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from retention_reports.commands.language import spoken_for_all
from retention_reports.commands.options import Failure
from retention_reports.commands.printing import echo
from retention_reports.messages import say

TARGETS = {"github": ".github/workflows/retention-reports.yml", "gitlab": ".gitlab-ci.yml"}


@click.command()
@click.argument("host", type=click.Choice(list(TARGETS)))
@click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    show_default="here",
    help="The project's folder.",
)
@click.option("--force", is_flag=True, help="Replace a file that says something else.")
def command(host: str, project: Path, *, force: bool) -> None:
    """Write a ready pipeline for GitHub or GitLab into the project."""
    language = spoken_for_all(project / "data")
    content = (resources.files("retention_reports.ci") / f"{host}.yml").read_bytes()
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
