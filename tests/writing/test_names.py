"""Which names may reach the disk."""

import pytest

from retention_reports.writing.names import check_name, check_names
from retention_reports.writing.output_error import OutputError


@pytest.mark.parametrize(
    "name", ["a", "client/2026-Q3", "muster-handel/2026-Q4", "report.html", "actions/win-back.csv", "a" * 100, "con-1"]
)
def test_plain_names_pass(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *["", ".", "..", "../x", "a/../../b", "/etc/x", "a//b", "a/", "a/b/c/d/e", ".git/config", ".hidden", "a/.lock"],
        *[
            "x\0",
            "a\nb",
            "a b",
            "a\\b",
            "C:\\x",
            "C:x",
            "~root",
            "-rf",
            "a/-rf",
            "name.",
            "a:b",
            "a*",
            "Müller",
            "\uff11",
        ],
        *["CON", "con", "nul.html", "a/COM1", "lpt9.csv.txt", "a" * 101],
    ],
)
def test_names_that_lead_elsewhere_hide_or_mean_devices_are_refused(name: str) -> None:
    with pytest.raises(OutputError, match="not a name that reports are written under") as caught:
        check_name(name)

    assert "\0" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "names", [["report.html", "Report.html"], ["actions", "actions/a.csv"], ["a/b/c", "A/B"], ["same", "same"]]
)
def test_names_that_would_be_one_file_on_some_system_are_refused(names: list[str]) -> None:
    for order in (names, names[::-1]):
        with pytest.raises(OutputError, match="two files would have this name"):
            check_names(order)


def test_files_of_one_folder_may_stand_together() -> None:
    check_names(["report.html", "report.pdf", "actions/a.csv", "actions/b.csv"])
