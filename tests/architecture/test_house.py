# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import re
import tomllib
from pathlib import Path

import pytest

from scripts import house, lock_check
from scripts.requirements_report import line, state

ROOT = Path(house.ROOT)


def test_the_house_rules_are_kept():
    assert house.breaches() == []


@pytest.mark.parametrize(
    ("rule", "name", "text", "expected"),
    [
        (house.too_long, "long.py", "x\n" * 501, ["501 lines, 500 at most"]),
        (house.too_long, "right.py", "x\n" * 500, []),
        (house.unnamed, "utils.py", "", ["a file named utils says nothing about what is in it"]),
        (house.without_header, "bare.py", "x = 1\n", ["no SPDX header"]),
        (house.without_header, "__init__.py", "", []),
        (house.names_a_machine, "a.md", "see /" + "root/x", ["line 1: the path of a machine: /" + "root/"]),
        (house.names_a_machine, "a.md", "see https://example.org/" + "work/x", []),
        (house.inline_in_template, "a.html", "<script>\n", ["line 1: an inline script"]),
        (house.inline_in_template, "a.html", '<script src="a.js"></script>', []),
        (house.inline_in_template, "a.html", '<p style="x">', ["line 1: an inline style"]),
    ],
)
def test_a_house_rule_sees_what_breaks_it(rule, name, text, expected):
    assert list(rule(Path(name), text)) == expected


def test_lock_files_name_no_addresses():
    assert lock_check.lines_with_addresses() == []


def test_every_locked_package_has_a_hash():
    for file in sorted((ROOT / "requirements").glob("*.txt")):
        packages = re.split(r"\n(?=\S)", file.read_text().strip())
        without = [package for package in packages if "--hash=sha256:" not in package and not package.startswith("#")]

        assert without == [], file.name


def test_requirements_r1_to_r69_have_titles():
    requirements = tomllib.loads((ROOT / "docs" / "requirements.toml").read_text())

    assert list(requirements) == [f"R{number}" for number in range(1, 70)]
    assert [number for number, entry in requirements.items() if not entry.get("title")] == []


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ({}, "missing"),
        ({"R1.a": {"t": "passed"}}, "partly"),
        ({"R1": {"t": "passed"}}, "partly"),
        ({"R1.a": {"t": "passed"}, "R1.b": {"t": "passed"}}, "passed"),
        ({"R1.a": {"t": "failed"}, "R1.b": {"t": "passed"}}, "failed"),
    ],
)
def test_a_requirement_with_parts_passes_when_each_part_is_shown(shown, expected):
    assert state("R1", {"a": "one", "b": "other"}, shown) == expected


def test_a_requirements_line_has_number_title_state_and_tests():
    entry = {"title": "A title", "parts": {"a": "one", "b": "other"}}

    assert line("R1", entry, {"R1.a": {"t.py::test": "passed"}}).split() == [
        *["R1", "A", "title", "partly", "t.py::test", "(a);", "missing:", "b"],
    ]


def test_every_area_has_its_place_in_the_order_of_imports():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    order = next(contract for contract in contracts if contract["id"] == "areas")
    named = {name.strip("() ") for layer in order["layers"] for name in layer.split("|")}
    packages = {folder.parent.name for folder in (ROOT / "samspil").glob("*/__init__.py")}

    assert order["exhaustive"] is True
    assert packages - named == set()
