"""Hands jobs to workers: this process, several processes, or a Dask cluster, all behind `concurrent.futures`."""

from __future__ import annotations

import atexit
import gc
import os
import traceback
from collections import deque
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from retention_reports.engine.client_job import Failure, Kind, Outcome
from retention_reports.errors import RetentionReportsError
from retention_reports.messages import say
from retention_reports.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from multiprocessing.process import BaseProcess

MOST_PROCESSES = 4
"""Where nobody says how many: more would take more memory than a shared machine likes to give."""

_IN_FLIGHT = 3
_Result = TypeVar("_Result")


class Job(Protocol):
    """What is handed to a worker: it can be sent to another process, and knows its client."""

    @property
    def client(self) -> str:
        """The client's name."""


class NoClusterError(RetentionReportsError):
    """The cluster named cannot be used; the message says why."""


class SerialExecutor(Executor):
    """Does each piece of work at once, in this process."""

    def submit(self, fn: Callable[..., _Result], /, *args: Any, **kwargs: Any) -> Future[_Result]:  # noqa: ANN401 -- the interface's
        """Do it and return its finished future."""
        future: Future[_Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 -- whoever asks for the result gets it
            future.set_exception(error)
        return future


@record
class Workers:
    """How many workers there are, and how to get hold of them; a broken set of workers is replaced by a new one."""

    count: int
    executor: Callable[[int], Executor]


def usual_processes() -> int:
    """Return how many processes to use where nobody says: one a processor, at most `MOST_PROCESSES`.

    Just this one where the system has nothing to share locks by, such as a container without /dev/shm.
    """
    import multiprocessing  # noqa: PLC0415 -- a build that finds nothing to do needs it not

    try:
        multiprocessing.get_context("spawn").Lock()
    except (ImportError, OSError):
        return 1
    return min(MOST_PROCESSES, os.cpu_count() or 1)


def local_workers(count: int) -> Workers:
    """Return this process as the only worker, or so many processes."""
    return Workers(1, lambda _: SerialExecutor()) if count == 1 else Workers(count, worker_processes)


@contextmanager
def dask_workers(address: str) -> Iterator[Workers]:
    """Connect to a Dask scheduler (`tcp://host:8786`) whose workers have this program installed.

    Raises:
        NoClusterError: the extra `distributed` is not installed, or there is no scheduler at the address.
    """
    try:
        from distributed import Client  # noqa: PLC0415 -- an optional extra

        client = Client(address, set_as_default=False)
    except ImportError as error:
        raise NoClusterError(say("build.no_dask")) from error
    except (OSError, ValueError) as error:
        raise NoClusterError(say("build.no_scheduler", address=address, reason=str(error))) from error
    with client:
        yield Workers(max(1, len(client.nthreads())), lambda _: client.get_executor(pure=False, retries=0))


def outcomes(jobs: Sequence[Job], build: Callable[[Any], Outcome], workers: Workers) -> Generator[Outcome]:
    """Yield what came of each job, in the order of the jobs.

    A job that ends its worker fails alone: the first one unfinished is tried once more by itself, the others after it
    with new workers. The workers end with the generator: close it.
    """
    left = deque(jobs)
    while left:
        try:
            with workers.executor(workers.count) as executor:
                yield from _in_order(left, build, executor, _IN_FLIGHT * workers.count if workers.count > 1 else 1)
        except BrokenExecutor:
            yield _alone(left.popleft(), build, workers)


def _in_order(
    left: deque[Job], build: Callable[[Any], Outcome], executor: Executor, in_flight: int
) -> Iterator[Outcome]:
    """Yield outcomes and take their jobs off the queue; only a few jobs are under way, so that results do not pile up.

    Raises:
        BrokenExecutor: a worker ended; the first job left may be the one that ended it.
    """
    waiting: deque[Future[Outcome]] = deque()
    while left:
        while len(waiting) < min(in_flight, len(left)):
            waiting.append(executor.submit(build, left[len(waiting)]))
        outcome = _outcome(left[0], waiting.popleft())
        left.popleft()
        yield outcome


def _outcome(job: Job, future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except BrokenExecutor:
        raise
    except Exception as error:  # noqa: BLE001 -- a bug fails its client only, and is shown with its traceback
        bug = say("build.bug", traceback="".join(traceback.format_exception(error)))
        return Outcome(job.client, failure=Failure(Kind.FAILED, bug))


def _alone(job: Job, build: Callable[[Any], Outcome], workers: Workers) -> Outcome:
    with workers.executor(1) as executor:
        try:
            return _outcome(job, executor.submit(build, job))
        except BrokenExecutor:
            return Outcome(job.client, failure=Failure(Kind.FAILED, say("build.worker_ended")))


def worker_processes(count: int) -> Executor:
    """Return so many processes, which end with this one."""
    import multiprocessing  # noqa: PLC0415 -- a build without other processes needs neither
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=_settle_in)


def _settle_in() -> None:
    """Let a worker end without going through its memory, and when the process that started it does, even if killed."""
    import multiprocessing  # noqa: PLC0415

    atexit.register(gc.freeze)
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
