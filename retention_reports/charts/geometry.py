"""Rectangles in pixels; y grows downwards."""

from __future__ import annotations

from retention_reports.records import record


@record
class Box:
    """A rectangle by its edges; `top` is not below `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return the extent along x."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the extent along y."""
        return self.bottom - self.top

    def overlaps(self, other: Box) -> bool:
        """Tell whether the two share an area; touching edges do not."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Tell whether this lies wholly inside the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


def span(left: float, one_y: float, width: float, other_y: float) -> Box:
    """Return the box between two heights, in whichever order they come."""
    return Box(left, min(one_y, other_y), left + width, max(one_y, other_y))
