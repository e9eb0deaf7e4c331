"""What pip installs is the whole product: package, templates and command."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel, built from the unpacked source distribution as pip does it."""
    folder = tmp_path_factory.mktemp("distributions")
    copy = folder / "copy"
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "requirements.lock", ".gitignore"):
        shutil.copy(ROOT / name, copy)
    for name in ("retention_reports", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    build(copy, "sdist", folder)
    unpacked = folder / "unpacked"
    unpacked.mkdir()
    # Python 3.11.2, which Debian has, knows no filter, later ones warn without any.
    subprocess.run(["tar", "-xzf", next(folder.glob("*.tar.gz")), "-C", unpacked], check=True)
    build(next(unpacked.iterdir()), "wheel", folder)
    return folder


def build(project: Path, target: str, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)], cwd=project, check=True
    )


def files_below(folder: Path) -> set[str]:
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in found}


def test_the_wheel_holds_every_module_and_template(distributions: Path) -> None:
    with zipfile.ZipFile(next(distributions.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())

    expected = {f"retention_reports/{name}" for name in files_below(ROOT / "retention_reports")}
    expected |= {f"retention_reports/templates/{name}" for name in files_below(ROOT / "templates")}
    assert expected - names == set()


def test_the_installed_command_starts(distributions: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-index", "--target", str(target), str(next(distributions.glob("*.whl")))], check=True)

    shown = subprocess.run(
        [str(target / "bin" / "retention-reports"), "--help"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "build" in shown.stdout
