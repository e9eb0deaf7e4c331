from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from retention_reports.rendering.pdf import render_pdf
from tests.rendering.pdf_samples import DOCUMENT, report_html

_PROJECT = Path(__file__).resolve().parents[2]
_PROGRAM = """
import hashlib
from retention_reports.rendering.pdf import render_pdf
from tests.rendering.pdf_samples import DOCUMENT, report_html
print(hashlib.sha256(render_pdf(report_html(20), document=DOCUMENT)).hexdigest())
"""
_NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig></fontconfig>'
_ELSEWHERE = {"TZ": "Asia/Tokyo", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "7"}


@pytest.fixture(scope="module")
def expected_digest() -> str:
    return hashlib.sha256(render_pdf(report_html(20), document=DOCUMENT)).hexdigest()


def _digest_elsewhere(folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(_PROJECT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )


def test_another_time_zone_locale_folder_and_hash_seed_give_the_same_bytes(
    tmp_path: Path, expected_digest: str
) -> None:
    assert _digest_elsewhere(tmp_path, _ELSEWHERE).stdout.strip() == expected_digest


def test_a_machine_without_a_single_font_gives_the_same_bytes_and_no_warning(
    tmp_path: Path, expected_digest: str
) -> None:
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(_NO_FONTS, encoding="utf-8")

    run = _digest_elsewhere(tmp_path, {"FONTCONFIG_FILE": str(configuration), "FONTCONFIG_PATH": str(tmp_path)})

    assert run.stdout.strip() == expected_digest
    assert "ugly" not in run.stderr


def test_the_same_process_gives_the_same_bytes_again(expected_digest: str) -> None:
    again = render_pdf(report_html(20), document=DOCUMENT)

    assert hashlib.sha256(again).hexdigest() == expected_digest
