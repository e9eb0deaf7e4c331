"""The same commit gives the same report, byte for byte, whatever machine builds it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig></fontconfig>'


def _digests(place: Path, environment: dict[str, str]) -> dict[str, str]:
    """Build the English sample in a copy of its data under git, and return each file's digest."""
    data = place / "data"
    shutil.copytree(PROJECT / "data" / "example_ltd", data / "example_ltd")
    signature = {
        "GIT_AUTHOR_DATE": "2026-10-05T09:00:00+0200",
        "GIT_COMMITTER_DATE": "2026-10-05T09:00:00+0200",
    }
    settings = ["-c", "user.name=Data", "-c", "user.email=data@example.test", "-c", "core.autocrlf=false"]
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "Data"]):
        subprocess.run(["git", *settings, *words], cwd=place, env={**os.environ, **signature}, check=True)
    subprocess.run(
        [sys.executable, "-m", "retention_reports", "build", "example_ltd", "--data", data, "--output", place / "out"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
        check=True,
        capture_output=True,
    )
    built = sorted((place / "out" / "example_ltd").glob("*/*"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in built if not file.name.startswith(".")}


@pytest.mark.slow
def test_time_zone_locale_hash_seed_folder_and_fonts_of_the_machine_change_no_byte(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "another folder"
    here.mkdir()
    there.mkdir()
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(NO_FONTS, encoding="utf-8")
    elsewhere = {
        "TZ": "Asia/Tokyo",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "FONTCONFIG_FILE": str(configuration),
        "FONTCONFIG_PATH": str(tmp_path),
    }

    first = _digests(here, {"TZ": "Europe/Berlin", "PYTHONHASHSEED": "1"})
    second = _digests(there, elsewhere)

    assert {Path(name).suffix for name in first} >= {".html", ".pdf", ".json"}
    assert first == second
