"""What large clients cost: `python -m tests.bench.size [--orders N] [--lines]`, ratios of processes to one another.

Time is that of the processor and memory the peak, each of a whole process, so that whatever else the machine does
matters little. `make bench` runs it with a million orders; ten million order lines are measured by hand.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.bench.engine import Row
from tests.bench.large_client import Size, write_large_client
from tests.bench.process import Taken, taken_by

if TYPE_CHECKING:
    from collections.abc import Iterator

ORDERS = 1_000_000
ORDERS_PER_CUSTOMER = 8
LINES_PER_ORDER = 10
TIME_LIMIT, MEMORY_LIMIT = 6.0, 2.0
VARIETY_LIMIT = 2.0
QUARTERS_LIMIT = 6.0
TENFOLD_LIMIT, GIGABYTES_LIMIT = 12.0, 10.0
_GIGABYTE = 10**9


def rows(orders: int = ORDERS) -> Iterator[Row]:
    """Measure a client of so many orders, then smaller ones of many quarters, and of many names."""
    with TemporaryDirectory() as place:
        data = Path(place) / "data"
        write_large_client(data / "large", _size(orders))
        ours, least = _figures(data), taken_by("-m", "tests.bench.read_and_group", data / "large")
        yield Row(f"{orders:,} orders, figures / read and group, time", ours.seconds / least.seconds, "", TIME_LIMIT)
        yield Row(f"{orders:,} orders, figures / read and group, memory", ours.memory / least.memory, "", MEMORY_LIMIT)
        write_large_client(data / "large", _size(orders // 20))
        one, many = _figures(data, "2026-Q3"), _figures(data, "all")
        yield Row(f"{orders // 20:,} orders, 23 quarters / one", many.seconds / one.seconds, "", QUARTERS_LIMIT)
        write_large_client(data / "large", _size(orders // 20, lines=3))
        few = _figures(data)
        varied = Size(orders // 20, orders // 20 // ORDERS_PER_CUSTOMER, 3, 4_000, 500, 200)
        write_large_client(data / "large", varied)
        name = "4,000 categories, 500 sales people, 200 segments / 20 of each"
        yield Row(name, _figures(data).seconds / few.seconds, "", VARIETY_LIMIT)


def rows_of_lines(orders: int = ORDERS) -> Iterator[Row]:
    """Measure ten order lines an order against a tenth of the same."""
    with TemporaryDirectory() as place:
        data = Path(place) / "data"
        write_large_client(data / "large", _size(orders // 10, LINES_PER_ORDER))
        tenth = _figures(data)
        write_large_client(data / "large", _size(orders, LINES_PER_ORDER))
        whole = _figures(data)
    name = f"{orders * LINES_PER_ORDER:,} order lines"
    yield Row(f"{name} / a tenth of them, time", whole.seconds / tenth.seconds, "", TENFOLD_LIMIT)
    yield Row(f"{name}, memory", whole.memory / _GIGABYTE, " GB", GIGABYTES_LIMIT)


def _size(orders: int, lines: int = 0) -> Size:
    return Size(orders, orders // ORDERS_PER_CUSTOMER, lines)


def _figures(data: Path, quarter: str = "") -> Taken:
    """Return what the figures of a quarter take (the newest if none is named), or of `all` quarters."""
    words = ["-m", "retention_reports", "build", "large", "--force", "--format", "json", "--jobs", "1"]
    chosen = ["--quarter", quarter] if quarter else []
    return taken_by(*words, *chosen, "--data", data, "--output", data.parent / "reports")


def main() -> None:
    """Print one line a ratio."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.size")
    parser.add_argument("--orders", type=int, default=ORDERS)
    parser.add_argument("--lines", action="store_true", help="ten order lines an order, instead of all other rows")
    given = parser.parse_args()
    for row in rows_of_lines(given.orders) if given.lines else rows(given.orders):
        print(row, flush=True)


if __name__ == "__main__":
    main()
