"""Rows of a file that remember how they are written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retention_reports.writing.raw_rows import raw_text

CELL = st.text(alphabet='ab ;"\n,é', max_size=5).map(lambda text: '"' + text.replace('"', '""') + '"')
LINE = st.lists(CELL | st.sampled_from(["a", "é", ""]), min_size=2, max_size=4).map(";".join)
END = st.sampled_from(["\n", "\r\n"])


@given(st.lists(LINE, min_size=1, max_size=6), END, st.booleans())
def test_untouched_rows_give_back_the_same_text(lines: list[str], end: str, closed: bool) -> None:  # noqa: FBT001
    text = end.join(lines) + (end if closed else "")

    cut = raw_text(text, ";")

    assert cut.with_rows(cut.rows) == text
    assert len(cut.rows) == len(lines) - 1


def test_a_new_row_is_written_as_the_file_is() -> None:
    cut = raw_text("Export vom 1. Mai\r\na;b\r\n1;2", ";", header_line=2)

    assert cut.with_rows([*cut.rows, cut.row(["x;y", 'say "z"'])]) == (
        'Export vom 1. Mai\r\na;b\r\n1;2\r\n"x;y";"say ""z"""\r\n'
    )


def test_a_cell_with_line_breaks_belongs_to_one_row() -> None:
    cut = raw_text('a,b\n1,"x\ny"\n\n2,z\n', ",")

    assert [row.cells for row in cut.rows] == [("1", "x\ny"), (), ("2", "z")]
