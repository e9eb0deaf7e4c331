from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.reading import grid as module
from retention_reports.reading.cells import Cells
from retention_reports.reading.grid import separator_of
from retention_reports.reading.problems import UnreadableFileError

if TYPE_CHECKING:
    from retention_reports.reading.grid import Grid


def split_text(text: str, header_line: int = 1) -> Grid:
    return module.split_text(text.encode(), header_line=header_line)


CELLS = st.text(alphabet='ab1 ,;"\n\rä', max_size=4)


def test_cells_stand_under_their_column() -> None:
    grid = split_text("id,name\n1,Anna\n2,Bernd\n")

    assert grid.header == ("id", "name")
    assert [list(column) for column in grid.columns] == [["1", "2"], ["Anna", "Bernd"]]
    assert grid.lines.tolist() == [2, 3]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_header_tells_the_separator(separator: str) -> None:
    grid = split_text(f'id{separator}"name, first; last"\n1{separator}Anna\n')

    assert grid.header == ("id", "name, first; last")


def test_lines_are_counted_as_an_editor_does_after_quoted_line_breaks() -> None:
    grid = split_text('id,note\r\n1,"two\r\nlines"\r\n2,one\r\n')

    assert grid.lines.tolist() == [2, 4]
    assert list(grid.columns[1]) == ["two\r\nlines", "one"]


def test_lines_are_counted_from_the_top_where_lines_precede_the_header() -> None:
    assert split_text("Export of May\n\nid;name\n1;Anna\n", header_line=3).lines.tolist() == [4]
    assert split_text('Export\nid;name\n1;"Anna"\n', header_line=2).lines.tolist() == [3]


def test_empty_lines_are_no_rows_and_rows_of_empty_cells_are_counted() -> None:
    grid = split_text("id,name\n1,Anna\n\n , \n,\n2,Bernd\n\n")

    assert list(grid.columns[0]) == ["1", "2"]
    assert grid.blank_rows == 2
    assert grid.lines.tolist() == [2, 6]


def test_rows_with_too_many_or_too_few_cells_are_faults_and_the_others_are_read() -> None:
    grid = split_text("id,name\n1,Anna,x\n2\n3,Carla\n")

    assert list(grid.columns[0]) == ["3"]
    assert [(fault.line, fault.kind) for fault in grid.faults] == [(2, "ragged row"), (3, "ragged row")]


def test_mixed_line_ends_are_understood() -> None:
    grid = split_text("id,name\r\n1,Anna\n2,Bernd\r3,Carla")

    assert list(grid.columns[0]) == ["1", "2", "3"]
    assert grid.lines.tolist() == [2, 3, 4]


@pytest.mark.parametrize("text", ['id,name\n1,Anna\n2,"Bernd\n3,Carla\n', 'id,name\n1,Anna\n2,"Bernd"x\n'])
def test_broken_quotes_name_the_line_where_the_row_begins(text: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        split_text(text)

    assert (caught.value.kind, caught.value.line) == ("broken quotes", 3)


def test_a_cell_without_end_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="longer than"):
        split_text('id,name\n1,"' + "a" * 200_000 + "\n")


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(UnreadableFileError, match="501 columns"):
        split_text(",".join(f"c{number}" for number in range(501)) + "\n")


@pytest.mark.parametrize("text", ["", "\n\n", " \n"])
def test_a_file_without_header_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFileError, match="must name the columns"):
        split_text(text)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6))
def test_what_csv_writes_is_read_back(rows: list[tuple[str, str, str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([("a", "b", "c"), *rows])

    grid = split_text(stream.getvalue())

    kept = [row for row in rows if any(cell.strip() for cell in row)]
    assert list(zip(*grid.columns, strict=True)) == kept
    assert grid.blank_rows == len(rows) - len(kept)


ROWS = st.lists(st.lists(st.text(alphabet='ab ä€,"\t\n1', max_size=20), min_size=3, max_size=3), min_size=1, max_size=8)


def _fast(text: str) -> Grid | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SHORT", 0)
        return module._split_plain(text.encode(), ",", 1)


def _same(one: Grid, other: Grid) -> bool:
    return (one.header, [list(column) for column in one.columns], one.lines.tolist(), one.blank_rows) == (
        (other.header, [list(column) for column in other.columns], other.lines.tolist(), other.blank_rows)
    )


@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_the_fast_way_and_the_parser_agree(rows: list[list[str]], line_end: str, quoting: Literal[0, 1]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=line_end, quoting=quoting).writerows([["a", "b", "c"], *rows])
    text = stream.getvalue()

    fast = _fast(text)

    assert fast is not None
    assert _same(fast, module._split_quoted(text, ",", 1))


@given(st.text(alphabet='ab,"\n\r', max_size=24))
def test_the_fast_way_says_what_the_parser_says_or_nothing(body: str) -> None:
    text = "a,b\n" + body

    fast = _fast(text)

    assert fast is None or _same(fast, module._split_quoted(text, ",", 1))


@given(st.lists(st.lists(st.text(alphabet="ab ä\t", max_size=3), min_size=3, max_size=3), min_size=1, max_size=6))
def test_short_files_are_cut_like_long_ones(rows: list[list[str]]) -> None:
    text = "\n".join(",".join(row) for row in [["a", "b", "c"], *rows])

    few, many = module._split_plain(text.encode(), ",", 1), _fast(text)

    assert few is not None
    assert many is not None
    assert _same(few, many)


@pytest.mark.parametrize(
    ("cell", "is_plain"), [("Anna B", True), ("Anna ", False), ("Änne", False), ("An\x1bna", False), ("a" * 201, False)]
)
def test_cells_know_whether_they_need_cleaning(cell: str, *, is_plain: bool) -> None:
    for text in (f"ä,name\n1,{cell}\n2,Bernd\n", f'name,ä\n"{cell}",1\nBernd,2\n'):
        grid = _fast(text)

        assert grid is not None
        column = grid.columns[grid.header.index("name")]
        assert isinstance(column, Cells)
        assert column.needs_no_cleaning(200) is is_plain


def test_a_header_with_pipes_alone_is_cut_at_them() -> None:
    assert separator_of("order_id|customer_id") == "|"
    assert separator_of("amount|EUR,day") == ","
