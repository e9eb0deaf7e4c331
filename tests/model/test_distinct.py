import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.model.distinct import distinct, distinct_counted, without

NUMBERS = st.lists(st.integers(-5, 5)).map(lambda numbers: np.array(numbers, dtype=np.int64))


@given(NUMBERS, NUMBERS)
def test_distinct_numbers_are_those_that_numpy_finds(numbers: np.ndarray, others: np.ndarray) -> None:
    each, counts = np.unique(numbers, return_counts=True)
    assert distinct(numbers).tolist() == each.tolist()
    assert [part.tolist() for part in distinct_counted(numbers)] == [each.tolist(), counts.tolist()]
    assert without(numbers, others).tolist() == np.setdiff1d(numbers, others).tolist()
