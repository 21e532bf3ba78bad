# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Print a line for each requirement: number, title, state, tests.

The outcomes are those of the last ``make test``; where the code has changed since, or nothing was
run yet, the tests that carry a requirement run first.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "results"
DATABASES = ("sqlite", "postgresql")
Outcomes = dict[str, dict[str, str]]


def are_current() -> bool:
    """Tell whether both databases' results are younger than every source file."""
    files = [RESULTS / f"{database}.json" for database in DATABASES]
    if not all(file.exists() for file in files):
        return False
    sources = [
        file
        for folder in ("samspil", "tests", "docs")
        for suffix in ("py", "html", "js", "css", "po", "toml", "typ")
        for file in (ROOT / folder).rglob(f"*.{suffix}")
    ]
    return min(file.stat().st_mtime for file in files) > max(file.stat().st_mtime for file in sources)


def run_tests() -> None:
    """Run what carries a requirement; a failure is a line in the report, not an end of it."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-n", "2"]
    cluster = [sys.executable, "scripts/pg_cluster.py", "--"]
    for database, prefix, marks in (("sqlite", [], " and not browser"), ("postgresql", cluster, "")):
        print(f"running the tests that carry a requirement on {database} ...", flush=True)
        file = RESULTS / f"{database}.json"
        command = [*prefix, *pytest, "-m", f"requirement and not long{marks}", f"--results={file}"]
        subprocess.run(command, check=False, cwd=ROOT, stdout=subprocess.DEVNULL)


def outcomes() -> Outcomes:
    """Return requirement or part -> test -> worst outcome on any database; skipped ones do not count."""
    worst: Outcomes = {}
    for database in DATABASES:
        file = RESULTS / f"{database}.json"
        found: Outcomes = json.loads(file.read_text()) if file.exists() else {}
        for name, tests in found.items():
            for test, outcome in tests.items():
                known = worst.setdefault(name, {})
                if outcome != "skipped" and known.get(test) != "failed":
                    known[test] = outcome
    return {name: tests for name, tests in worst.items() if tests}


def state(number: str, parts: dict[str, str], shown: Outcomes) -> str:
    """Return ``passed``, ``partly``, ``failed`` or ``missing``."""
    names = [f"{number}.{part}" for part in parts] or [number]
    found = [shown[name] for name in {number, *names} if name in shown]
    if not found:
        return "missing"
    if any("failed" in tests.values() for tests in found):
        return "failed"
    return "passed" if all(name in shown for name in names) else "partly"


def line(number: str, entry: dict[str, Any], shown: Outcomes) -> str:
    """Return a requirement's line: number, title, state, its tests, and the parts that have none."""
    parts: dict[str, str] = entry.get("parts", {})
    tests: list[str] = []
    for name in (number, *(f"{number}.{part}" for part in parts)):
        part = name.partition(".")[2]
        for test, outcome in sorted(shown.get(name, {}).items()):
            notes = [part] * bool(part) + ["FAILED"] * (outcome == "failed")
            tests.append(f"{test} ({', '.join(notes)})" if notes else test)
    missing = [part for part in parts if f"{number}.{part}" not in shown]
    if tests and missing:
        tests.append(f"missing: {', '.join(missing)}")
    return f"{number:4} {entry['title']:82} {state(number, parts, shown):8} {'; '.join(tests)}".rstrip()


def main() -> int:
    """Run what must be run, and print; a failed requirement fails the report."""
    requirements = tomllib.loads((ROOT / "docs" / "requirements.toml").read_text())
    if not are_current():
        run_tests()
    shown = outcomes()
    print(*(line(number, entry, shown) for number, entry in requirements.items()), sep="\n")
    states = [state(number, entry.get("parts", {}), shown) for number, entry in requirements.items()]
    print(", ".join(f"{states.count(name)} {name}" for name in ("passed", "partly", "failed", "missing")))
    return 1 if "failed" in states else 0


if __name__ == "__main__":
    sys.exit(main())
