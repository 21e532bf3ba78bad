# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What import-linter cannot see: rules about the text of the code, read without running it."""

import ast
import re
import tomllib
from pathlib import Path

from scripts import house

PACKAGE = Path(house.ROOT) / "samspil"

# The frame of every page links to what stands above foundation; and every page has a way back to where one came from.
WAYS_BACK = {"home", "administration", "workplace", "workplaces", "help_page"}
# Before a framework is published, one looks up at what it will meet: workspace reads that, frameworks cannot.
# From the open door one goes back to the open pages.
WAYS_UP = {"framework_reach", "open_index", "open_workplace"}


def area_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0]


def order_of_areas() -> dict[str, int]:
    contracts = tomllib.loads((house.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "areas")
    return {name.strip("() "): height for height, layer in enumerate(reversed(layers)) for name in layer.split("|")}


def code(pattern: str = "*.py") -> list[Path]:
    return [file for file in sorted(PACKAGE.rglob(pattern)) if "migrations" not in file.parts]


def functions(file: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)]


def public_actions() -> dict[str, ast.FunctionDef]:
    """The functions of each actions.py, and those that an actions folder hands out."""
    found = {}
    for file in sorted(PACKAGE.glob("*/actions.py")):
        found.update({f"{area_of(file)}.{function.name}": function for function in functions(file)})
    for file in sorted(PACKAGE.glob("*/actions/__init__.py")):
        imports = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ImportFrom))
        handed_out = {alias.name for node in imports for alias in node.names}
        inside = (function for module in sorted(file.parent.glob("*.py")) for function in functions(module))
        found.update(
            {f"{area_of(file)}.{function.name}": function for function in inside if function.name in handed_out}
        )
    return {name: function for name, function in found.items() if not function.name.startswith("_")}


def test_what_an_actor_does_is_called_by_keyword():
    positional = [
        name
        for name, function in public_actions().items()
        if "actor" in {argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]}
        and (function.args.args or function.args.posonlyargs)
    ]

    assert positional == []


def test_no_signals_no_save_overrides_no_generic_keys():
    hidden = re.compile(r"@receiver|\b(?:pre|post)_(?:save|delete)\b|GenericForeignKey")
    override = re.compile(r"def save\(self")
    found = [
        f"{file.relative_to(PACKAGE)}: {match[0]}"
        for file in code()
        for pattern in ((hidden, override) if "models" in file.stem or "models" in file.parts else (hidden,))
        for match in pattern.finditer(file.read_text())
    ]

    assert found == []


def test_links_in_an_areas_templates_point_downwards():
    height = order_of_areas()
    area_of_url = {
        name: area_of(file)
        for file in code()
        if file.name == "urls.py" or "urls" in file.parts
        for name in re.findall(r"""\bname=["']([\w-]+)["']""", file.read_text())
    }
    upwards = [
        f"{template.relative_to(PACKAGE)}: {name}"
        for template in code("*.html")
        if area_of(template) != "foundation"
        for name in re.findall(r"""\{%\s*url\s+["'](?:\w+:)?([\w-]+)["']""", template.read_text())
        if name not in WAYS_BACK | WAYS_UP and height[area_of_url.get(name, "foundation")] > height[area_of(template)]
    ]

    assert upwards == []
