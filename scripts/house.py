# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The house rules that a machine can see in the files that git holds or would hold."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 500
SOURCE = {".py", ".html", ".css", ".js", ".sh", ".typ", ".toml", ".txt", ".xml"}
UNNAMED = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "services"}
# Written so that this file does not find itself. A document may name /tmp or /var/lib as such, not somebody's home.
MACHINE = re.compile(r"/(?:root|home/[a-z]+|Users/[A-Za-z]+|work)/(?=[\w.-]+)|/opt/(?:pypi|wheels)")
NEVER_IN_TEMPLATES = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>", re.IGNORECASE),
    "an inline style": re.compile(r"<style[\s>]|\sstyle=", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+=", re.IGNORECASE),
    "hx-on or js:, which the Content-Security-Policy stops": re.compile(r"\bhx-on|[\"']js:|javascript:", re.IGNORECASE),
}


def files() -> list[Path]:
    """Return the files that are committed, or new and not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split("\0")
    return sorted({ROOT / name for name in names if name and (ROOT / name).is_file()})


def text_of(file: Path) -> str:
    """Return a text file's content; nothing for a picture or a font."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def too_long(file: Path, text: str) -> Iterator[str]:
    """A file that a person writes stays under 500 lines."""
    count = text.count("\n")
    if file.suffix in {".py", ".html", ".css", ".js", ".sh", ".typ"} and count > LONGEST:
        yield f"{count} lines, {LONGEST} at most"


def unnamed(file: Path, _: str) -> Iterator[str]:
    """A file says what it is about."""
    if file.suffix == ".py" and file.stem in UNNAMED:
        yield f"a file named {file.stem} says nothing about what is in it"


def without_header(file: Path, text: str) -> Iterator[str]:
    """Each source file begins with its copyright and licence."""
    by_hand = file.suffix in SOURCE - {".txt", ".xml"}
    if by_hand and text.strip() and "SPDX-License-Identifier" not in text[:600]:
        yield "no SPDX header"


def names_a_machine(file: Path, text: str) -> Iterator[str]:
    """Nothing committed names a place on somebody's machine."""
    if file.name == "package-lock.json":
        return
    for number, line in enumerate(text.splitlines(), 1):
        found = MACHINE.search(line)
        if found and "://" not in line[: found.start()]:
            yield f"line {number}: the path of a machine: {found[0]}"


def inline_in_template(file: Path, text: str) -> Iterator[str]:
    """Nothing inline in a page, because the Content-Security-Policy stops it."""
    if file.suffix != ".html" or "email" in file.parts:
        return
    for number, line in enumerate(text.splitlines(), 1):
        for what, pattern in NEVER_IN_TEMPLATES.items():
            if pattern.search(line):
                yield f"line {number}: {what}"


RULES = (too_long, unnamed, without_header, names_a_machine, inline_in_template)


def breaches() -> list[str]:
    """Return ``file: what is wrong`` for every rule that a file breaks."""
    return [
        f"{file.relative_to(ROOT)}: {breach}"
        for file in files()
        for rule in RULES
        for breach in rule(file, text_of(file))
    ]


def main() -> int:
    """Print the breaches; none is good."""
    found = breaches()
    print(*found, sep="\n", end="\n" if found else "")
    print(f"house rules: {len(found)} broken" if found else "house rules: kept")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
