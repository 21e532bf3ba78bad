# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Starts the real server and asks it for pages, one after the other, and reads what that cost from the kernel."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
HEADERS = {"Accept": "text/html", "Accept-Language": "da", "User-Agent": "samspil-bench"}


def children(pid: int) -> list[int]:
    """Return the processes that ``pid`` started."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(word) for word in (task / "children").read_text().split()]
    return found


def cpu_ms(parent: int | None) -> dict[int, float]:
    """Return user and system time of a process and those it started, all threads, in milliseconds by process.

    From the scheduler, to the nanosecond, where the kernel tells; else in ticks. Who has just ended is left out.
    """
    found: dict[int, float] = {}
    for pid in [parent, *children(parent)] if parent else []:
        with suppress(FileNotFoundError, ProcessLookupError):
            try:
                tasks = [(task / "schedstat").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
                found[pid] = sum(int(text.split()[0]) for text in tasks) / 1e6
            except FileNotFoundError:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                found[pid] = (int(fields[11]) + int(fields[12])) * 1000 / TICKS
    return found


def spent(parent: int | None, before: Mapping[int, float]) -> float:
    """Return the milliseconds since ``before``."""
    return sum(ms - before.get(pid, 0.0) for pid, ms in cpu_ms(parent).items())


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    queries: int
    all_queries: int
    ms: float


class Visitor:
    """One browser, so to speak: one connection, one session."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str, session: str) -> Answer:
        """Ask for a page."""
        headers = HEADERS | ({"Cookie": f"session={session}"} if session else {})
        began = time.perf_counter()
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        ms = (time.perf_counter() - began) * 1000
        counts = [int(response.headers.get(name, "-1")) for name in ("X-Bench-Queries", "X-Bench-All-Queries")]
        return Answer(response.status, body, counts[0], counts[1], ms)


@dataclass
class Figure:
    """What one page costs."""

    page: str
    person: str
    queries: int
    all_queries: int
    kilobytes: float
    cpu: list[float] = field(default_factory=list)
    database_cpu: list[float] = field(default_factory=list)
    floor_cpu: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        """Server CPU per request: the median of the rounds."""
        return statistics.median(self.cpu)

    @property
    def least_ms(self) -> float:
        """The same in the quietest round: what it costs when nothing else takes the caches."""
        return min(self.cpu)

    @property
    def database_ms(self) -> float:
        """CPU of the database per request, where it is a server of its own."""
        return statistics.median(self.database_cpu)

    @property
    def ratio(self) -> float:
        """How many times the floor it is."""
        return self.cpu_ms / statistics.median(self.floor_cpu)

    @property
    def p50(self) -> float:
        """The median time to the last byte."""
        return statistics.median(self.times)


@contextmanager
def server(environment: Mapping[str, str], threads: int) -> Iterator[tuple[int, int]]:
    """Run gunicorn with one worker as the units do; gives its port and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "samspil.config.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--threads", str(threads), "--log-level", "warning"]
    process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                if Visitor(port).get("/healthz", "").status == http.HTTPStatus.OK:
                    break
            except OSError:
                time.sleep(0.1)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def measure(
    pages: list[dict[str, str]], *, port: int, pid: int, database: int | None, rounds: int, batch: int
) -> list[Figure]:
    """Ask for each page in ``rounds`` batches, all pages in turn, so that no noise hits one page alone."""
    visitor = Visitor(port)
    figures = []
    for page in pages:
        for _ in range(3):
            answer = visitor.get(page["path"], page["session"])
        if answer.status != http.HTTPStatus.OK:
            message = f"{page['page']} as {page['person'] or 'anybody'}: {answer.status}"
            raise RuntimeError(message)
        kilobytes = len(answer.body) / 1000
        figures.append(Figure(page["page"], page["person"], answer.queries, answer.all_queries, kilobytes))
    for _ in range(rounds):
        for page, figure in zip(pages, figures, strict=True):
            floor = f"{page['floor']}{int(figure.kilobytes * 1000)}"
            before, database_before = cpu_ms(pid), cpu_ms(database)
            figure.times += [visitor.get(page["path"], page["session"]).ms for _ in range(batch)]
            figure.cpu.append(spent(pid, before) / batch)
            figure.database_cpu.append(spent(database, database_before) / batch)
            before = cpu_ms(pid)
            for _ in range(batch):
                visitor.get(floor, page["session"])
            figure.floor_cpu.append(spent(pid, before) / batch)
    return figures
