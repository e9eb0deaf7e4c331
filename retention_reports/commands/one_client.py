"""What goes wrong with one client stays with it: the others are checked, listed and built all the same."""

from __future__ import annotations

import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from retention_reports.commands.messages import tell
from retention_reports.errors import RetentionReportsError
from retention_reports.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention_reports.messages import Message


class Failures:
    """Tells what fails for a client, a bug with its traceback; `any` remembers that something did."""

    any = False

    @contextmanager
    def of(self, client: str, language: str) -> Iterator[None]:
        """Do something for one client, and go on behind it even if it fails."""
        try:
            yield
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except RetentionReportsError as error:
            self._tell(client, language, error.message)
        except Exception:  # noqa: BLE001 -- the one place where a bug of one client is kept from the others
            self._tell(client, language, say("build.bug", traceback=traceback.format_exc()))

    def _tell(self, client: str, language: str, reason: Message) -> None:
        self.any = True
        tell(say("build.failed", client=client, reason=reason), language)
