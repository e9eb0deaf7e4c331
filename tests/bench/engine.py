"""What unchanged clients cost, and what a second process brings: ratios of whole builds to one another."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from retention_reports.samples import write_sample

if TYPE_CHECKING:
    from collections.abc import Sequence

UNCHANGED_LIMIT = 1.0
PROJECT = Path(__file__).parents[2]
_AUTHOR = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org")


@dataclass(frozen=True)
class Row:
    """One measurement: its name, what it took (seconds, or a ratio), and what it may take at most."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    def __str__(self) -> str:
        """Return the line that is printed."""
        limit = "" if self.limit is None else f" (at most {self.limit:g})"
        return f"{self.name}: {self.value:.2f}{self.unit}{limit}"


def rows() -> list[Row]:
    """Measure a repository with 100 clients of 260 customers, and 20 of them built anew with one and two processes."""
    with TemporaryDirectory() as place:
        root = _repository(Path(place))
        names = [path.name for path in sorted((root / "data").iterdir())]
        _build(root, "--jobs", "2", "--format", "json")
        unchanged = _build(root, "--format", "json")
        _change(root / "data" / names[0])
        changed = _build(root, "--format", "json")
        single = _build(root, names[1], "--force", "--format", "json")
        one = _build(root, *names[:20], "--force", "--jobs", "1")
        two = _build(root, *names[:20], "--force", "--jobs", "2")
        possible = _gain_of_two_builds(root, names[:10], names[10:20])
    return [
        Row("100 unchanged clients", unchanged, " s", UNCHANGED_LIMIT),
        Row("one changed client of 100 / that client alone", changed / single, ""),
        Row("20 clients with 1 process / with 2", one / two, ""),
        Row("10 clients and 10 others, one build after the other / both at once", possible, ""),
    ]


def _gain_of_two_builds(root: Path, first: Sequence[str], second: Sequence[str]) -> float:
    """Return what two builds that know nothing of each other gain on this machine: more than that nobody can ask."""
    after_another = sum(_build(root, *names, "--force", "--jobs", "1") for names in (first, second))
    started = time.perf_counter()
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda names: _build(root, *names, "--force", "--jobs", "1"), (first, second)))
    return after_another / (time.perf_counter() - started)


def _repository(place: Path) -> Path:
    write_sample("bench", place / "sample")
    for number in range(100):
        folder = place / "data" / f"client-{number:03}"
        shutil.copytree(place / "sample", folder)
        with (folder / "client.toml").open("a", encoding="utf-8") as file:
            file.write(f"# {number}\n")
    shutil.rmtree(place / "sample")
    for words in (("init", "--quiet"), ("add", "--all"), (*_AUTHOR, "commit", "--quiet", "--message", "Data")):
        subprocess.run(["git", *words], cwd=place, check=True)
    return place


def _change(folder: Path) -> None:
    with (folder / "orders.csv").open("a", encoding="utf-8") as file:
        file.write((folder / "orders.csv").read_text("utf-8").splitlines()[-1].replace(",", "9,", 1) + "\n")


def _build(root: Path, *words: str) -> float:
    """Return the seconds of a whole build, start of the program included."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "retention_reports", "build", *words, "--data", root / "data", "--output", root / "out"],
        cwd=PROJECT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - started


if __name__ == "__main__":
    for row in rows():
        print(row)
