"""Reads the steps out of a pipeline's file and runs them as a shell on the other side would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.support.repositories import program

PROJECT = Path(__file__).parents[2]
_EXPRESSION = re.compile(r"\$\{\{ (.+?) \}\}")


def github_steps(workflow: str, job: str, values: dict[str, str]) -> list[tuple[str, dict[str, str]]]:
    """Return each step's script and environment; expressions are allowed in the environment alone."""
    body = _indented(workflow, f"  {job}:")
    steps = re.split(r"\n(?=      - )", body[body.index("      - ") :])
    return [_github_step(step, values) for step in steps if re.search(r"^        run:", step, re.MULTILINE)]


def gitlab_script(pipeline: str, job: str) -> list[str]:
    """Return the lines of a job's script."""
    return _listed(_indented(_indented(pipeline, f"{job}:") + "\n", "  script:"))


def gitlab_preparation(pipeline: str) -> list[str]:
    """Return the lines that run before each job's script."""
    return _listed(_indented(_indented(pipeline, "default:") + "\n", "  before_script:"))


def _listed(script: str) -> list[str]:
    lines = [line.strip().removeprefix("- ") for line in script.splitlines() if line.strip()]
    return [line[1:-1].replace("''", "'") if line.startswith("'") else line for line in lines]


def run_script(root: Path, script: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a step in a project whose environment is the tests' own."""
    (root / ".venv/bin").mkdir(parents=True, exist_ok=True)
    (root / ".ci").mkdir(exist_ok=True)
    program(root / ".venv/bin/python", f"PYTHONPATH='{PROJECT}' exec '{sys.executable}' \"$@\"")
    program(root / ".ci/environment", '[ "$*" = requirements.lock ]')
    return run_step(root, script, environment)


def run_step(root: Path, script: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a step in a project as it is."""
    output = root.parent / "output"
    output.touch()
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=root,
        env=os.environ | {"CI": "true", "GITHUB_OUTPUT": str(output)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _indented(text: str, head: str) -> str:
    """Return the lines below a line, as far as they are indented deeper."""
    depth = len(head) - len(head.lstrip())
    found: list[str] = []
    lines = iter(text.splitlines())
    for line in lines:
        if line == head:
            break
    for line in lines:
        if line.strip() and len(line) - len(line.lstrip()) <= depth:
            break
        found.append(line)
    assert found, head
    return "\n".join(found)


def _github_step(step: str, values: dict[str, str]) -> tuple[str, dict[str, str]]:
    environment = {}
    if "        env:" in step:
        for line in _indented(step, "        env:").splitlines():
            name, _, value = line.strip().partition(": ")
            environment[name] = _EXPRESSION.sub(lambda match: values[match[1]], value)
    one_line = re.search(r"^        run: (?!\|)(.+)$", step, re.MULTILINE)
    return one_line[1] if one_line else _indented(step, "        run: |"), environment
