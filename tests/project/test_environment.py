"""Making the environment, with stand-ins for Python, apt-get and the platform."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "environment"
ORDINARY_PROGRAMS = ("cat", "cp", "env", "mkdir", "rm", "sh", "touch", "true")

# Answers as Python does to each of the script's questions, and writes down which packages pip is told to install.
PYTHON = """\
#!/bin/sh
case "$*" in
"-c import sys; sys.exit(sys.version_info < (3, 11))") exit "${TOO_OLD:-0}" ;;
"-c import ensurepip, venv") exit "${WITHOUT_ENSUREPIP:-0}" ;;
"-c import sys; print("*) echo python3.11-venv ;;
"-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; echo made >> made ;;
"-") cat >/dev/null; [ -e libraries ] || echo pango ;;
*install*) echo "$*" >> installed; exit "${WITHOUT_NETWORK:-0}" ;;
*) echo "Python 3.11.2" ;;
esac
"""
APT_GET = """\
#!/bin/sh
echo "apt-get $*" >> asked
case "$*" in *install*) touch libraries ;; esac
exit "${APT_FAILS:-0}"
"""


class Machine:
    """A machine on which only what the test puts there can be found."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "a project"
        self.project.mkdir()
        self.programs = folder / "programs"
        self.programs.mkdir()
        for name in ORDINARY_PROGRAMS:
            found = shutil.which(name)
            assert found is not None
            (self.programs / name).symlink_to(found)
        self.has("id", "echo 1000")
        self.has("uname", "echo Linux")

    def has(self, program: str, content: str) -> None:
        path = self.programs / program
        path.write_text(content if content.startswith("#!") else f"#!/bin/sh\n{content}\n", encoding="utf-8")
        path.chmod(0o755)

    def set_up(self, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", str(SCRIPT), "requirements.lock", "tests/requirements.lock"],
            cwd=self.project,
            env={"PATH": str(self.programs), **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def lines(self, name: str) -> list[str]:
        path = self.project / name
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def ready(machine: Machine) -> Machine:
    """Return a machine with Python and the system libraries."""
    machine.has("python3", PYTHON)
    (machine.project / "libraries").touch()
    return machine


def on_platform(machine: Machine, platform: str) -> None:
    if platform == "debian":
        machine.has("apt-get", APT_GET)
    elif platform == "fedora":
        machine.has("dnf", "exit 1")
    elif platform != "another":
        machine.has("uname", f"echo {platform}")


def test_the_locked_packages_are_installed_by_their_hashes_and_without_a_word(ready: Machine) -> None:
    done = ready.set_up()

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (command,) = ready.lines("installed")
    assert {"--require-hashes", "--no-deps", "--quiet"} < set(command.split())
    assert "--requirement requirements.lock --requirement tests/requirements.lock" in command


def test_an_environment_is_kept(ready: Machine) -> None:
    ready.set_up()

    assert ready.set_up().returncode == 0
    assert len(ready.lines("made")) == 1


def test_an_environment_that_was_interrupted_is_made_anew(ready: Machine) -> None:
    assert ready.set_up(WITHOUT_NETWORK="1").returncode != 0

    assert ready.set_up().returncode == 0
    assert len(ready.lines("made")) == 2


def test_an_environment_without_an_interpreter_is_made_anew(ready: Machine) -> None:
    ready.set_up()
    (ready.project / ".venv" / "bin" / "python").unlink()

    assert ready.set_up().returncode == 0
    assert len(ready.lines("made")) == 2


def test_the_first_python_that_is_new_enough_is_taken(ready: Machine) -> None:
    ready.has("python3.12", PYTHON)
    ready.has("python3", "exit 1")

    assert ready.set_up().returncode == 0


def test_python_may_be_named_with_a_path_that_has_spaces(ready: Machine) -> None:
    named = ready.project / "python three"
    (ready.programs / "python3").rename(named)

    assert ready.set_up(PYTHON=str(named)).returncode == 0
    assert "not found (PYTHON=/nowhere/python)" in ready.set_up(PYTHON="/nowhere/python", TOO_OLD="1").stderr


@pytest.mark.parametrize(
    ("platform", "command"),
    [
        ("debian", "sudo apt-get install python3 python3-venv"),
        ("fedora", "sudo dnf install python3"),
        ("Darwin", "brew install python"),
        ("MINGW64_NT-10.0", "winget install Python.Python.3.13"),
    ],
)
def test_a_machine_without_python_is_told_how_to_get_it(machine: Machine, platform: str, command: str) -> None:
    on_platform(machine, platform)

    refused = machine.set_up()

    assert refused.returncode == 1
    assert refused.stderr.splitlines()[1] == f"  {command}"


@pytest.mark.parametrize(
    ("platform", "command"),
    [
        ("debian", "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("fedora", "sudo dnf install pango harfbuzz"),
        ("Darwin", "brew install weasyprint"),
        ("MINGW64_NT-10.0", "pacman -S mingw-w64-ucrt-x86_64-pango"),
    ],
)
def test_missing_libraries_are_named_with_the_command_of_the_platform(
    machine: Machine, platform: str, command: str
) -> None:
    machine.has("python3", PYTHON)
    on_platform(machine, platform)

    refused = machine.set_up()

    assert refused.returncode == 1
    first, second, *_ = refused.stderr.splitlines()
    assert first == "The PDF needs system libraries that do not load: pango. Install them:"
    assert second.strip().startswith(command)


def test_an_unknown_platform_is_shown_every_command(machine: Machine) -> None:
    machine.has("python3", PYTHON)

    message = machine.set_up().stderr

    assert [word for word in ("apt-get", "dnf", "brew", "pacman") if word not in message] == []


def test_a_python_that_cannot_make_environments_is_told_what_it_lacks(machine: Machine) -> None:
    machine.has("python3", PYTHON)
    on_platform(machine, "debian")

    refused = machine.set_up(WITHOUT_ENSUREPIP="1")

    assert refused.returncode == 1
    assert "sudo apt-get install python3.11-venv" in refused.stderr
    assert machine.lines("made") == []


@pytest.mark.parametrize("user", ["root", "sudo without a password"])
def test_missing_libraries_are_installed_where_nobody_need_be_asked(machine: Machine, user: str) -> None:
    machine.has("python3", PYTHON)
    machine.has("apt-get", APT_GET)
    if user == "root":
        machine.has("id", "echo 0")
    else:
        machine.has("sudo", 'shift; exec "$@"')

    assert machine.set_up().returncode == 0
    assert machine.lines("asked")[1].endswith("libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")


def test_a_sudo_that_asks_for_a_password_is_not_used(machine: Machine) -> None:
    machine.has("python3", PYTHON)
    machine.has("apt-get", APT_GET)
    machine.has("sudo", "exit 1")

    assert machine.set_up().returncode == 1
    assert machine.lines("asked") == []


def test_apt_get_that_fails_leaves_the_command_to_the_user(machine: Machine) -> None:
    machine.has("python3", PYTHON)
    machine.has("apt-get", APT_GET)
    machine.has("id", "echo 0")

    refused = machine.set_up(APT_FAILS="1")

    assert refused.returncode == 1
    assert "sudo apt-get install libpango-1.0-0" in refused.stderr


@pytest.mark.parametrize("path", [SCRIPT, SCRIPT.with_name("run")])
def test_the_scripts_can_be_executed(path: Path) -> None:
    assert os.access(path, os.X_OK)
