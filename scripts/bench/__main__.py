# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""``python -m scripts.bench S M L [--database sqlite] [--rounds 9] [--batch 30]``."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.bench import cold
from scripts.bench.driving import Figure, measure, server
from scripts.pg_cluster import DATABASE, NoServerError, cluster

MOST_QUERIES, MOST_HOME_QUERIES, MOST_CPU_MS, MOST_KILOBYTES, MOST_COLD_KILOBYTES = 10, 20, 12.0, 60.0, 120
MOST_GROWTH = 1.25
DJANGO = [sys.executable, "-m", "django"]


@contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[tuple[dict[str, str], int | None]]:
    """Give the environment of an empty database, and the process of its server."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAMSPIL_")} | {
        "DJANGO_SETTINGS_MODULE": "scripts.bench.settings",
        "SAMSPIL_SECRET_KEY": "only for measuring",
        "SAMSPIL_AUDIT_KEY": "only for measuring",
        "SAMSPIL_DATA_DIR": str(folder),
    }
    if kind == "sqlite":
        yield environment, None
        return
    with cluster() as socket:
        pid = int((socket / "data" / "postmaster.pid").read_text().split()[0])
        urls = {
            "SAMSPIL_DATABASE_URL": f"postgres://samspil_app@/{socket}/{DATABASE}",
            "SAMSPIL_OWNER_DATABASE_URL": f"postgres://samspil_owner@/{socket}/{DATABASE}",
        }
        yield environment | urls, pid


def run_profile(letter: str, kind: str, *, rounds: int, batch: int, threads: int) -> list[Figure]:
    """Build one profile, serve it and measure it; prints as it goes."""
    print(f"\nProfile {letter} on {kind}", flush=True)
    with tempfile.TemporaryDirectory(prefix="samspil-bench-") as name:
        folder = Path(name)
        with fresh_database(kind, folder) as (environment, database):
            owner = environment | {"SAMSPIL_AS_OWNER": "1"}
            pages_file = folder / "pages.json"
            subprocess.run([*DJANGO, "migrate", "-v0"], env=owner, check=True)
            subprocess.run([sys.executable, "-m", "scripts.bench.build", letter, pages_file], env=owner, check=True)
            subprocess.run([*DJANGO, "collectstatic", "--noinput", "-v0"], env=environment, check=True)
            pages = json.loads(pages_file.read_text(encoding="utf-8"))
            with server(environment, threads) as (port, pid):
                say_how_quiet()
                figures = measure(pages, port=port, pid=pid, database=database, rounds=rounds, batch=batch)
                say_how_quiet()
                show(figures)
                show_cold(cold.fetched(port, "/"))
    return figures


def say_how_quiet() -> None:
    """Print what a fixed piece of Python costs now: about 25 ms on a quiet machine of today, more beside other work."""
    costs = []
    for _ in range(9):
        began = time.process_time()
        sum(number * number for number in range(500_000))
        costs.append((time.process_time() - began) * 1000)
    print(f"Yardstick {statistics.median(costs):.0f} ms, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def over(figure: Figure) -> str:
    """Say which budgets a page breaks."""
    most = MOST_HOME_QUERIES if figure.page == "home" else MOST_QUERIES
    broken = [
        word
        for word, value, limit in (
            ("queries", figure.queries, most),
            ("CPU", figure.cpu_ms, MOST_CPU_MS),
            ("HTML", figure.kilobytes, MOST_KILOBYTES),
        )
        if value > limit
    ]
    return "OVER: " + ", ".join(broken) if broken else ""


def show(figures: list[Figure]) -> None:
    """Print the table, ready for docs/performance.md."""
    print("| Page | As | Queries | with middleware | HTML kB | CPU ms | least | Database CPU ms | p50 ms | × floor | |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|")
    for row in figures:
        print(
            f"| {row.page} | {row.person or 'anybody'} | {row.queries} | {row.all_queries} | {row.kilobytes:.1f} "
            f"| {row.cpu_ms:.1f} | {row.least_ms:.1f} | {row.database_ms:.1f} | {row.p50:.1f} | {row.ratio:.1f} | {over(row)} |"
        )
    sys.stdout.flush()


def show_cold(files: list[tuple[str, int]]) -> None:
    """Print what a browser fetches for the front page."""
    if not files:
        print("Front page cold: not measured, Chromium is missing.")
        return
    total = sum(size for _, size in files) / 1000
    print(f"Front page cold: {total:.1f} kB in {len(files)} files{' OVER' if total > MOST_COLD_KILOBYTES else ''}")
    for name, size in files:
        print(f"  {size / 1000:6.1f}  {name}")


def show_growth(first: list[Figure], last: list[Figure], letters: tuple[str, str]) -> None:
    """Print how much dearer each page is in the bigger municipality."""
    print(f"\nFrom {letters[0]} to {letters[1]}\n| Page | As | CPU | Queries | |\n|---|---|--:|--:|---|")
    for small, big in zip(first, last, strict=True):
        growth = big.cpu_ms / small.cpu_ms
        broken = "OVER" if growth > MOST_GROWTH or big.queries > small.queries else ""
        print(
            f"| {small.page} | {small.person or 'anybody'} | {growth:.2f} | {small.queries} → {big.queries} | {broken} |"
        )


def main() -> int:
    """Read the command line and measure each profile."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("profiles", nargs="*", choices=["S", "M", "L"], default=["M"])
    parser.add_argument("--database", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--batch", type=int, default=30)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    measured: list[list[Figure]] = []
    try:
        for letter in options.profiles:
            figures = run_profile(
                letter, options.database, rounds=options.rounds, batch=options.batch, threads=options.threads
            )
            measured.append(figures)
    except NoServerError as error:
        print(error, file=sys.stderr)
        return 1
    if len(measured) > 1:
        show_growth(measured[0], measured[-1], (options.profiles[0], options.profiles[-1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
