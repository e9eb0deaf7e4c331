"""One writer at a time, and no lock outlives its process."""

import subprocess
import sys
from pathlib import Path

import pytest

from retention_reports.writing import lock
from retention_reports.writing.lock import LOCK_NAME, locked
from retention_reports.writing.output_error import OutputError

HOLDER = """
import sys, time
from pathlib import Path
from retention_reports.writing.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_told_that_another_is_at_work(tmp_path: Path) -> None:
    with (
        locked(tmp_path),
        pytest.raises(OutputError, match="another build is writing here") as caught,
        locked(tmp_path, patience=0.05),
    ):
        pass

    assert caught.value.path == tmp_path


def test_the_lock_leaves_no_file(tmp_path: Path) -> None:
    with locked(tmp_path):
        assert (tmp_path / LOCK_NAME).exists()

    assert list(tmp_path.iterdir()) == []


def test_a_failure_releases_the_lock(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        _ = 1 / 0

    with locked(tmp_path, patience=0):
        assert (tmp_path / LOCK_NAME).exists()


def test_the_lock_of_a_killed_process_stops_nobody(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(OutputError), locked(tmp_path, patience=0):
            pass
        holder.kill()
        holder.wait()

    assert (tmp_path / LOCK_NAME).exists()
    with locked(tmp_path, patience=0):
        pass
    assert not (tmp_path / LOCK_NAME).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be removed there")
def test_a_lock_file_that_its_holder_removes_meanwhile_is_not_mistaken_for_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try_lock = lock._try_lock
    tries: list[int] = []

    def lock_too_late(handle: int) -> bool:
        tries.append(handle)
        if len(tries) == 1:
            (tmp_path / LOCK_NAME).unlink()
        return try_lock(handle)

    monkeypatch.setattr(lock, "_try_lock", lock_too_late)
    with locked(tmp_path):
        assert (tmp_path / LOCK_NAME).exists()

    assert len(tries) == 2


def test_a_link_in_the_locks_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match="symbolic"), locked(tmp_path):
        pass

    assert not (tmp_path / "elsewhere").exists()
