"""What the benches share: calls timed in turn, by one client or several at once; the lines that say it."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection

Call = Callable[[], object]


@dataclass(frozen=True)
class Prepared:
    """`before` is not timed."""

    before: Call
    call: Call


Turns = Sequence[Sequence[Call | Prepared]]


@dataclass(frozen=True)
class Measured:
    """`times`: seconds, by client, column of the turns, turn, round. `spent`: seconds, warming up too."""

    times: list[list[list[list[float]]]]
    spent: float

    def column(self, number: int) -> list[float]:
        """Of all clients."""
        return [one for columns in self.times for rounds in columns[number] for one in rounds]

    def best(self, number: int) -> list[float]:
        """Of each turn of the first client."""
        return [min(rounds) for rounds in self.times[0][number]]

    @property
    def calls(self) -> int:
        """All that was called, warming up too."""
        return sum(len(rounds) + 1 for columns in self.times for turns in columns for rounds in turns)


def measured(turns_of: Callable[[int], Turns], clients: int, rounds: int) -> Measured:
    """`turns_of(number)`: what that client calls. Each begins elsewhere: they do not ask the same at once."""

    def one_client(number: int) -> list[list[list[float]]]:
        from django.db import connections

        try:
            turns = turns_of(number)
            first = number * len(turns) // clients
            return in_turn([*turns[first:], *turns[:first]], rounds)
        finally:
            connections.close_all()

    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        times = list(pool.map(one_client, range(clients)))
    return Measured(times, time.perf_counter() - started)


def in_turn(turns: Turns, rounds: int) -> list[list[list[float]]]:
    """Seconds by column, turn and round: the calls of a turn meet the same weather. A first round warms up
    and does not count."""
    for turn in turns:
        for call in turn:
            timed(call)
    times = [[[timed(call) for call in turn] for _round in range(rounds)] for turn in turns]
    return [[[row[column] for row in rows] for rows in times] for column in range(len(turns[0]))]


def timed(call: Call | Prepared) -> float:
    if isinstance(call, Prepared):
        call.before()
        call = call.call
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


# --- Through HTTP -------------------------------------------------------------------------------------------


class Reader:
    """A client with one lasting connection to the site."""

    def __init__(self, port: int) -> None:
        self._wire = HTTPConnection("127.0.0.1", port, timeout=60)

    def asking(self, path: str) -> Call:
        return lambda: self._get(path)

    def _get(self, path: str) -> None:
        self._wire.request("GET", path)
        response = self._wire.getresponse()
        body = response.read()
        if response.status != 200:
            raise SystemExit(f"{response.status} for {path}: {body[:300]!r}")


# --- Lines --------------------------------------------------------------------------------------------------


def line(label: str, seconds: Iterable[float]) -> tuple[float, float]:
    """Prints p50 and p95 in milliseconds, and returns them."""
    ordered = sorted(seconds)
    p50, p95 = ordered[len(ordered) // 2] * 1000, ordered[int(len(ordered) * 0.95)] * 1000
    print(f"{label:<30} p50 {p50:7.1f} ms p95 {p95:7.1f} ms")
    return p50, p95


def ratio(label: str, high: Sequence[float], low: Sequence[float]) -> None:
    """`high` and `low`: p50 and p95 of what is compared and of what it is compared with."""
    print(f"{label:<30} p50 {high[0] / low[0]:7.2f}    p95 {high[1] / low[1]:7.2f}")


def ratio_to_p50(label: str, high: Sequence[float], low: Sequence[float]) -> None:
    """Both to the p50 of what it is compared with."""
    ratio(label, high, (low[0], low[0]))


def slowest(seconds: Sequence[float], names: Sequence[object], count: int) -> None:
    for one, name in sorted(zip(seconds, names, strict=True), key=lambda pair: -pair[0])[:count]:
        print(f"  {one * 1000:7.1f} ms  {str(name)[:110]}")
