"""A sweep on a cluster of Dask: points are sent to its scheduler, which gives them to whoever is free.

When a worker is lost, the scheduler gives its points to others. When the scheduler is lost, what it had is
sent again once the client has found it, or another one at its address. A result counts from when it is here.
"""

import itertools
import sys
import uuid
from collections.abc import Iterator
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any

from snnlab.sweeps.point import Answer, answer_elsewhere, unpacked

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["checked_client", "on_cluster"]

_WAITING = 1000  # points that the scheduler has at a time
_GONE = ("closed", "closing")
_NONE_LEFT = "client must have its cluster until the sweep ends, got none"
_LOOK = 0.1  # s between looks at a client that may have given up: of what it had then, nothing is heard


def checked_client(client: Any) -> "Client":
    """`client`, if it is connected to a cluster and waits for what it asks."""
    distributed = sys.modules.get("distributed")  # who has a client has imported it
    if distributed is None or not isinstance(client, distributed.Client):
        raise TypeError(f"client must be a distributed.Client, got {type(client).__name__}")
    if client.status in _GONE:
        raise ValueError(f"client must be connected to a cluster, got one that is {client.status}")
    if client.asynchronous:
        raise ValueError("client must be one that waits, got one made with asynchronous=True")
    return client


def _computed(packed: bytes, index: int) -> Answer:
    return answer_elsewhere(unpacked(packed), index)


def on_cluster(client: "Client", packed: bytes, todo: list[int]) -> Iterator[tuple[int, Answer]]:
    """Numbers of points with their answers, as they come."""
    from distributed import as_completed

    left = iter(todo)
    running: dict[Any, int] = {}
    name, count = f"sweep-{uuid.uuid4().hex}", itertools.count()

    def send(index: int) -> "Future":
        future = client.submit(_computed, packed, index, key=f"{name}-{next(count)}", pure=False)
        running[future.key] = index
        return future

    done = as_completed([send(index) for index in itertools.islice(left, _WAITING)])
    try:
        for batch in _batches(client, done, running):
            for future, said in _gathered(client, batch):
                index = running.pop(future.key)
                if said is not None:
                    yield index, said
                more = index if said is None else next(left, None)
                if more is not None:
                    done.add(send(more))
    except Exception:  # of the cluster: the function's own are answers
        if client.status in _GONE:
            raise ConnectionError(_NONE_LEFT) from None
        raise
    finally:
        if client.status == "running":
            client.cancel([*done.futures])


def _batches(client: "Client", done: Any, running: dict[str, int]) -> Iterator[list["Future"]]:
    """Futures that are over, until none is left."""
    while running:
        if done.has_ready():
            yield done.next_batch(block=False)
        elif client.status in _GONE:
            raise ConnectionError(_NONE_LEFT)
        else:
            with done.thread_condition:
                done.thread_condition.wait(timeout=_LOOK)


def _gathered(client: "Client", batch: list["Future"]) -> Iterator[tuple["Future", Answer | None]]:
    """The answers of futures that are over; None where one was lost on the way."""
    whole = [future for future in batch if future.status == "finished"]
    try:
        found = dict(zip([future.key for future in whole], client.gather(whole), strict=True))
    except (CancelledError, OSError, KeyError):
        found = {}  # one of them is lost: ask for each alone
    for future in batch:
        yield future, found[future.key] if future.key in found else _alone(future)


def _alone(future: "Future") -> Answer | None:
    try:
        if future.status == "finished":
            return future.result()
        if future.status == "error":  # the function's own are answers: this is one of the cluster
            error = future.exception()
            return Answer(None, f"{type(error).__name__}: {error}")
    except (CancelledError, OSError, KeyError):
        pass
    return None
