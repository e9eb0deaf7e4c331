"""The lock files install what pyproject.toml asks for, from wherever the machine takes its packages."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = {"runtime": ROOT / "requirements.lock", "tests": ROOT / "tests" / "requirements.lock"}
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def asked_for(group: str) -> list[str]:
    declared = project()
    requirements: list[str] = (
        declared["project"]["dependencies"] if group == "runtime" else declared["dependency-groups"][group]
    )
    return requirements


def pins(group: str) -> dict[str, Requirement]:
    lines = LOCKS[group].read_text(encoding="utf-8").splitlines()
    requirements = [Requirement(line.removesuffix(" \\")) for line in lines if not line.startswith(" ")]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def version(pin: Requirement) -> str:
    (specifier,) = pin.specifier
    assert specifier.operator == "=="
    return specifier.version


@pytest.mark.parametrize("group", LOCKS)
def test_a_lock_holds_nothing_but_versions_and_hashes(group: str) -> None:
    lines = LOCKS[group].read_text(encoding="utf-8").splitlines()
    others = [line for line in lines if not HASH.fullmatch(line)]

    assert others
    assert [line for line in others if not re.fullmatch(r"[a-z0-9-]+==[0-9a-z.]+( ; [^/:]+)? \\", line)] == []


@pytest.mark.parametrize("group", LOCKS)
def test_every_pin_has_a_hash(group: str) -> None:
    lines = LOCKS[group].read_text(encoding="utf-8").splitlines()
    following = {line: after for line, after in zip(lines, [*lines[1:], ""], strict=True) if not line.startswith(" ")}

    assert [line for line, after in following.items() if not HASH.fullmatch(after)] == []


@pytest.mark.parametrize("group", LOCKS)
def test_every_dependency_is_locked_within_its_range(group: str) -> None:
    locked = pins(group)
    for text in asked_for(group):
        asked = Requirement(text)
        assert asked.specifier, f"{asked.name} has no range"
        assert asked.specifier.contains(version(locked[canonicalize_name(asked.name)])), text


def test_both_locks_agree_on_what_they_share() -> None:
    runtime, tests = pins("runtime"), pins("tests")

    shared = runtime.keys() & tests.keys()
    assert {name: version(runtime[name]) for name in shared} == {name: version(tests[name]) for name in shared}


def test_every_dependency_is_named_once_and_in_order() -> None:
    for group in LOCKS:
        names = [Requirement(text).name for text in asked_for(group)]
        assert names == sorted(set(names))
