# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A pytest plugin: which requirement each test shows, and how it went (``--results=FILE``)."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROPERTY = "requirement"
WORST_LAST = ("passed", "skipped", "failed")


@cache
def known_names() -> set[str]:
    """Return every name a marker may carry: ``R17`` and ``R17.framework``."""
    requirements: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "docs" / "requirements.toml").read_text())
    parts = {f"{number}.{part}" for number, entry in requirements.items() for part in entry.get("parts", {})}
    return set(requirements) | parts


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer ``--results``."""
    parser.addoption("--results", type=Path, help="write each requirement's tests and outcomes to this file")


def names(item: pytest.Item) -> list[str]:
    """Return the requirements and parts that a test is marked with."""
    return [name for marker in item.iter_markers("requirement") for name in marker.args]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Note each test's requirements where its reports carry them along."""
    for item in items:
        item.user_properties.extend((PROPERTY, name) for name in names(item))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail a test that is marked with a requirement nobody knows."""
    unknown = set(names(item)) - known_names()
    if unknown:
        pytest.fail(f"not in docs/requirements.toml: {', '.join(sorted(unknown))}", pytrace=False)


class Results:
    """Collects the outcomes of a run, also from the workers of pytest-xdist."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.outcomes: dict[str, dict[str, str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the worst outcome of a test's three phases."""
        for kind, name in report.user_properties:
            if kind != PROPERTY:
                continue
            tests = self.outcomes.setdefault(str(name), {})
            before = tests.get(report.nodeid, "passed")
            tests[report.nodeid] = max(before, report.outcome, key=WORST_LAST.index)

    def pytest_sessionfinish(self) -> None:
        """Write the file."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(self.outcomes, indent=1, sort_keys=True) + "\n")


def pytest_configure(config: pytest.Config) -> None:
    """Collect where the outcomes of all workers arrive."""
    file = config.getoption("--results")
    if file and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Results(file.resolve()), "samspil-results")
