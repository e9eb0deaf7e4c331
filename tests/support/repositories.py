"""Real git repositories with a client's folder in them."""

import hashlib
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from retention_reports.reading.git import GitFacts, read_git_facts

ORDERS = b"order_id,amount\n1,10.00\n"
CUSTOMERS = b"customer_id,name\n1,Anna\n"
LATE_EVENING = "2026-09-30T23:30:00-07:00"


@dataclass(frozen=True)
class Read:
    path: str
    sha256: str


def read(folder: Path, *paths: str) -> list[Read]:
    return [Read(path, hashlib.sha256((folder / path).read_bytes()).hexdigest()) for path in paths]


def facts(folder: Path) -> GitFacts:
    return read_git_facts(folder, read(folder, "orders.csv", "customers.csv"))


def run_git(folder: Path, *words: str, date: str = LATE_EVENING, content: bytes = b"") -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_AUTHOR_DATE": "2020-01-01T00:00:00+00:00",
        "GIT_COMMITTER_NAME": "C",
        "GIT_COMMITTER_EMAIL": "c@example.org",
        "GIT_COMMITTER_DATE": date,
    }
    done = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", "-C", str(folder), *words],
        env=environment,
        input=content,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.decode().strip()


def new_repository(root: Path) -> Path:
    root.mkdir()
    run_git(root, "init", "--quiet", "--initial-branch=main")
    return root


def commit(repository: Path, *, date: str = LATE_EVENING) -> str:
    run_git(repository, "add", "--all")
    run_git(repository, "commit", "--quiet", "--no-verify", "--message", "Data", date=date)
    return run_git(repository, "rev-parse", "HEAD")


def client_in(repository: Path, name: str = "data/client") -> Path:
    folder = repository / name
    folder.mkdir(parents=True)
    (folder / "orders.csv").write_bytes(ORDERS)
    (folder / "customers.csv").write_bytes(CUSTOMERS)
    return folder


def rewrite_head(repository: Path, change: Callable[[str], str]) -> None:
    text = run_git(repository, "cat-file", "commit", "HEAD") + "\n"
    changed = change(text)
    assert changed != text
    commit_hash = run_git(
        repository, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", content=changed.encode()
    )
    run_git(repository, "update-ref", "refs/heads/main", commit_hash)


def program(path: Path, line: str) -> Path:
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(0o755)
    return path
