"""Builds that are killed, and builds that meet, leave one whole report."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retention_reports.writing.leftovers import clear_leftovers
from retention_reports.writing.lock import locked

NAMES = ("report.html", "report.pdf", "figures.json", "actions/win-back.csv")
PROJECT = Path(__file__).parents[2]
WAYS = ["at once", "in steps"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kills and looks into folders as Unix does"),
]


def clear(folder: Path) -> None:
    """Do what the next build does first."""
    with locked(folder):
        clear_leftovers(folder)


# Writes generation after generation of one report; the generation stands in every file.
WRITER = """
import os, signal, sys
from pathlib import Path
from retention_reports.writing import exchange, files
output, way = Path(sys.argv[1]), sys.argv[2]
first, last, size, killed_at = (int(word) for word in sys.argv[3:])
if way == "in steps":
    exchange._exchange_at_once = lambda new, old: False
if killed_at >= 0:
    steps = iter(range(killed_at, -1, -1))
    def killing(function):
        def step(*words, **options):
            if next(steps) == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*words, **options)
        return step
    for name in ("mkdir", "open", "fsync", "rename", "link", "unlink", "rmdir"):
        setattr(os, name, killing(getattr(os, name)))
    exchange._exchange_at_once = killing(exchange._exchange_at_once)
print("ready", flush=True)
for generation in range(first, last):
    content = (b"%d " % generation) * size
    files.replace_files(output, "client/2026-Q3", {name: content for name in NAMES})
""".replace("NAMES", repr(NAMES))


def writer(output: Path, way: str, generations: range, size: int = 200, killed_at: int = -1) -> subprocess.Popen[bytes]:
    words = [str(output), way, *map(str, (generations.start, generations.stop, size, killed_at))]
    return subprocess.Popen([sys.executable, "-S", "-c", WRITER, *words], stdout=subprocess.PIPE, cwd=PROJECT)


def written(output: Path, way: str) -> Path:
    """Write generation 1 and return the report's folder."""
    with writer(output, way, range(1, 2)) as process:
        assert process.wait() == 0
    return output / "client/2026-Q3"


def whole_generation(folder: Path) -> int:
    """Return the generation that all files hold, after checking them against their list."""
    contents = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".sha256sums"
    }
    listed = (folder / ".sha256sums").read_text("ascii")
    assert listed == "".join(f"{hashlib.sha256(contents[name]).hexdigest()}  {name}\n" for name in sorted(contents))
    assert contents.keys() == set(NAMES)
    (generation,) = {int(word) for content in contents.values() for word in set(content.split())}
    return generation


@pytest.mark.parametrize("way", WAYS)
def test_killed_before_any_step_a_build_leaves_the_old_or_the_new_report_whole(tmp_path: Path, way: str) -> None:
    written(tmp_path / "before", way)
    found = []
    for step in range(100):
        output = shutil.copytree(tmp_path / "before", tmp_path / str(step))
        target = output / "client/2026-Q3"
        with writer(output, way, range(2, 3), killed_at=step) as process:
            finished = process.wait() == 0
        if way == "at once":
            assert whole_generation(target) in {1, 2}
        clear(target.parent)
        found.append(whole_generation(target))
        assert [path.name for path in target.parent.iterdir()] == ["2026-Q3"]
        if finished:
            break

    assert finished
    assert found == sorted(found)
    assert set(found) == {1, 2}


@pytest.mark.parametrize("way", WAYS)
def test_killed_at_any_moment_a_build_leaves_a_whole_report(tmp_path: Path, way: str) -> None:
    moments = random.Random(20260930)
    target = written(tmp_path, way)
    newest = 1
    for _ in range(15):
        with writer(tmp_path, way, range(newest + 1, newest + 100_000)) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(moments.uniform(0, 0.03))
            process.kill()
        clear(target.parent)
        found = whole_generation(target)
        assert found >= newest
        assert [path.name for path in target.parent.iterdir()] == ["2026-Q3"]
        newest = found

    assert newest > 1


def read_through_one_handle(target: Path) -> set[bytes] | None:
    """Return the contents of all files of the folder that is in this place now; None where it goes meanwhile."""
    try:
        handle = os.open(target, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        return {_content(name, handle) for name in NAMES}
    except FileNotFoundError:
        return None
    finally:
        os.close(handle)


def _content(name: str, folder: int) -> bytes:
    with open(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:  # noqa: PTH123 (pathlib knows no handles)
        return file.read()


@pytest.mark.parametrize("way", WAYS)
def test_a_reader_never_sees_a_mixture_or_a_half_file(tmp_path: Path, way: str) -> None:
    target = written(tmp_path, way)
    seen = set()
    with writer(tmp_path, way, range(2, 62), size=20_000) as process:
        while process.poll() is None:
            contents = read_through_one_handle(target)
            if contents is not None:
                (content,) = contents
                words = content.split()
                assert len(words) in {200, 20_000}
                assert len(set(words)) == 1
                seen.add(words[0])

    assert process.returncode == 0
    assert len(seen) > 3
    assert whole_generation(target) == 61


def test_exchanged_at_once_the_folder_is_always_there(tmp_path: Path) -> None:
    target = written(tmp_path, "at once")
    with writer(tmp_path, "at once", range(2, 62)) as process:
        while process.poll() is None:
            os.close(os.open(target, os.O_RDONLY))

    assert process.returncode == 0


@pytest.mark.parametrize("way", WAYS)
def test_builds_that_meet_leave_one_whole_report(tmp_path: Path, way: str) -> None:
    with (
        writer(tmp_path, way, range(1000, 1030)) as first,
        writer(tmp_path, way, range(2000, 2030)) as second,
        writer(tmp_path, way, range(3000, 3030)) as third,
    ):
        codes = [process.wait() for process in (first, second, third)]

    assert codes == [0, 0, 0]
    assert whole_generation(tmp_path / "client/2026-Q3") in {1029, 2029, 3029}
    assert [path.name for path in (tmp_path / "client").iterdir()] == ["2026-Q3"]
