"""The one thing ever written into a repository: the annotated tag of a published report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention_reports.messages import say
from retention_reports.reading.git_process import NoAnswerError, ask, committer, run
from retention_reports.reading.past import GitError, git_error
from retention_reports.reading.published import TAGS, publication_text, published_tags

if TYPE_CHECKING:
    from pathlib import Path

_NOTHING = "0" * 40


class PublishedAlreadyError(GitError):
    """The report has been published; a second time must be asked for."""


def publish_report(  # noqa: PLR0913 -- a tag has this many parts
    root: Path, client: str, quarter: str, *, commit: str, figures: bytes, tool_version: str, again: bool = False
) -> str:
    """Tag the commit of the data with what the report says; returns the tag's name.

    The tag is made with git's plumbing, so that nothing is signed, edited or hooked; its tagger is the user.

    Raises:
        PublishedAlreadyError: there is such a tag, and `again` is not set.
        GitError: git is missing, does not know who the user is, or cannot write.
    """
    name = f"{client}/{quarter}"
    try:
        old = published_tags(root, client).get(name, "")
        if old and not again:
            raise PublishedAlreadyError(say("git.published_already", tag=f"report/{name}"))
        head = f"object {commit}\ntype commit\ntag report/{name}\ntagger {_committer(root)}\n\n"
        content = head.encode("utf-8") + publication_text(figures, tool_version)
        tag = ask(root, "mktag", content=content).decode("ascii").strip()
        done = run(root, "update-ref", f"{TAGS}{name}", tag, old or _NOTHING[:1] * len(tag))
    except NoAnswerError as error:
        raise git_error(root, error) from error
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip()
        raise GitError(say("git.tag_not_written", tag=f"report/{name}", reason=reason))
    return f"report/{name}"


def _committer(root: Path) -> str:
    found = committer(root)
    if not found:
        raise GitError(say("git.unknown_committer"))
    return found
