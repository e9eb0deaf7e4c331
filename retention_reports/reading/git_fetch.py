"""Brings a commit from another repository: the only place where git may use the network and the user's settings."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.past import GitError
from retention_reports.reading.problems import shown

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 600
_PUBLICATIONS = "+refs/tags/report/*:refs/tags/report/*"


def fetch_commit(repository: Path, url: str, commit: str) -> None:
    """Fetch a commit, its history and the published reports into a repository of our own, made where there is none.

    Raises:
        GitError: git is missing, or the other side does not have or give the commit.
    """
    try:
        if not (repository / ".git").exists():
            _run("init", "--quiet", str(repository))
        _run("-C", str(repository), "fetch", "--quiet", "--no-tags", "--", url, commit, _PUBLICATIONS)
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _not_fetched(commit, url, reason[-1] if reason else "git") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _not_fetched(commit, url, str(error)) from error


def _not_fetched(commit: str, url: str, reason: str) -> GitError:
    return GitError(say("git.not_fetched", commit=commit[:12], url=shown(url), reason=reason))


def _run(*words: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    rules = {"GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    command = ["git", "-c", "core.hooksPath=/dev/null", *words]
    subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=_SECONDS, env=kept | rules
    )
