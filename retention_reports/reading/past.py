"""The data folder as of any commit, taken out of git without touching the working tree."""

from __future__ import annotations

import tomllib
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from retention_reports.errors import RetentionReportsError, UnknownNameError
from retention_reports.messages import say
from retention_reports.model.schema import NAMES
from retention_reports.reading.clients import CLIENT_FILE, is_client_key, unknown_client
from retention_reports.reading.files import LARGEST_FILE, FolderFiles, check_path
from retention_reports.reading.git import GitFacts, resolve, versions
from retention_reports.reading.git_objects import REGULAR_FILES, TREE, objects_of
from retention_reports.reading.git_process import NoAnswerError, repository_root
from retention_reports.reading.problems import ProblemLog, UnreadableFileError, shown
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retention_reports.messages import Message
    from retention_reports.reading.git import Revision, Version
    from retention_reports.reading.git_objects import Objects


class GitError(RetentionReportsError):
    """git cannot give what was asked for; the message says why."""


@record
class DataPlace:
    """A commit of a repository, and where the data folder lies in it."""

    repository: Path
    revision: Revision
    inside: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """Where the data folder would lie in the working tree."""
        return self.repository.joinpath(*self.inside)

    @property
    def shown(self) -> Message:
        """The place as messages name it."""
        return say("git.place", folder="/".join(self.inside) or ".", commit=self.revision.commit[:12])


@record
class Origin:
    """Where a client's folder was taken from: the place and commit asked for, and the folder's version there."""

    place: DataPlace
    version: Version

    @property
    def commit(self) -> str:
        """The commit asked for."""
        return self.place.revision.commit

    @property
    def facts(self) -> GitFacts:
        """What git knows about the folder: its files are the commit's, so none of them has changed."""
        return GitFacts(self.version.commit, self.version.committed_at, (), self.version.reason)


@record
class PastData:
    """A temporary folder with one folder a client, and where each comes from."""

    folder: Path
    origins: Mapping[str, Origin]


def data_place(data: Path, revision: str) -> DataPlace:
    """Find the repository of a data folder (which need not exist any more) and a revision such as `HEAD~2`.

    Raises:
        GitError: the folder lies in no repository, or git does not answer.
        UnknownNameError: there is no such revision.
    """
    folder = data.resolve()
    root = repository_root(folder)
    if root is None:
        raise GitError(say("git.no_repository", path=data.as_posix()))
    try:
        found = resolve(root, revision)
    except NoAnswerError as error:
        raise git_error(root, error) from error
    if found is None:
        raise UnknownNameError(say("git.no_revision", revision=shown(revision), path=root.as_posix()))
    return DataPlace(root, found, folder.relative_to(root).parts)


@contextmanager
def data_at(place: DataPlace, names: Sequence[str] = ()) -> Iterator[PastData]:
    """Lay the clients named (or all) of a commit into a temporary folder for as long as the block lasts.

    Files are laid out as git keeps them, line ends included; links and submodules are left out, as they lead elsewhere.

    Raises:
        GitError: the commit's objects are not all here, or cannot be laid out.
        UnknownNameError: the commit has no such client; the message names the known ones.
    """
    with TemporaryDirectory(prefix="retention-reports-") as temporary:
        folder = Path(temporary).resolve() / "data"
        folder.mkdir()
        try:
            origins = _lay_out_clients(place, names, folder)
        except NoAnswerError as error:
            raise git_error(place.repository, error) from error
        yield PastData(folder, origins)


def clients_at(objects: Objects, commit: str, inside: tuple[str, ...]) -> dict[str, str]:
    """Return the folder object of every client that a commit has, by name, sorted.

    Raises:
        NoAnswerError: objects are missing.
    """
    data = objects.at(commit, inside)
    if data is None or data.mode != TREE:
        return {}
    return {
        name: entry.name
        for name, entry in sorted(objects.folder(data.name).items())
        if is_client_key(name) and entry.mode == TREE and CLIENT_FILE in objects.folder(entry.name)
    }


def git_error(root: Path, error: NoAnswerError) -> GitError:
    """Return the message for a git that gave no usable answer."""
    key = "git.not_installed" if error.reason == "git_missing" else "git.no_answer"
    return GitError(say(key, path=root.as_posix()))


def _lay_out_clients(place: DataPlace, names: Sequence[str], target: Path) -> dict[str, Origin]:
    with objects_of(place.repository) as objects:
        found = _chosen(objects, place, names)
        for name, tree in found.items():
            _lay_out(objects, tree, target / name)
            _lay_names_beside(place.folder / name, target / name)
        known = versions(objects, place.revision, [(*place.inside, name) for name in found])
    return {name: Origin(place, version) for name, version in zip(found, known, strict=True)}


def _chosen(objects: Objects, place: DataPlace, names: Sequence[str]) -> dict[str, str]:
    known = clients_at(objects, place.revision.commit, place.inside)
    for name in names:
        if name not in known:
            raise unknown_client(place.shown, name, tuple(known))
    if not known:
        raise UnknownNameError(say("git.no_client", place=place.shown))
    return {name: known[name] for name in dict.fromkeys(names)} or known


def _lay_out(objects: Objects, tree: str, target: Path) -> None:
    for path, entry in sorted(objects.files(tree).items()):
        if entry.mode not in REGULAR_FILES:
            continue
        if not _is_plain(path):
            raise GitError(say("git.unfit_path", path=shown(path)))
        content = objects.content(entry.name, "blob", LARGEST_FILE)
        file = target / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as stream:
                stream.write(content)
        except OSError as error:
            raise GitError(say("git.not_laid_out", path=shown(path), reason=str(error.strerror))) from error


def _lay_names_beside(folder: Path, target: Path) -> None:
    """Lay today's file of names beside the files of a commit, which holds none: names say nothing of any time."""
    path = _path_of_names(target / CLIENT_FILE)
    files = FolderFiles(folder, ProblemLog())
    if not path or not folder.is_dir() or not files.exists(path) or (target / path).exists():
        return
    found = files.read(path)
    if found is not None:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(found.data)


def _path_of_names(settings: Path) -> str:
    """Return where settings say that names lie; "" where they cannot be read, or it is no single file."""
    try:
        declared = tomllib.loads(settings.read_text("utf-8-sig")).get("files", {}).get(NAMES.name, {})
        path = declared.get("path", f"{NAMES.name}.csv")
        check_path(path)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError, UnreadableFileError):
        return ""
    return "" if set("*?[") & set(path) else str(path)


def _is_plain(path: str) -> bool:
    """Tell whether a path leads nowhere else: git itself would not check such paths out, but can hold them."""
    return not any(part in ("", ".", "..") or part.casefold() == ".git" for part in path.split("/")) and not (
        "\\" in path or PureWindowsPath(path).drive
    )
