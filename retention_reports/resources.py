"""Where the templates lie: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path


def templates_folder() -> Path:
    """Return the folder with templates, styles, fonts and wording."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"
