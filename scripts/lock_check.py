# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Fail when a lock file names an address: each place fetches from its own registry, and hashes say what is right."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def lines_with_addresses() -> list[str]:
    """Return ``file:line: text`` for each line of a lock file that holds an address."""
    files = [*sorted((ROOT / "requirements").glob("*")), ROOT / "package-lock.json", ROOT / ".npmrc"]
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if "://" in line
    ]


def main() -> int:
    """Print what was found."""
    found = lines_with_addresses()
    print(*found, sep="\n", end="\n" if found else "")
    if (ROOT / "uv.lock").exists():
        found.append("uv.lock")
        print("uv.lock records hosts: delete it")
    print("lock files name addresses" if found else "lock files: no addresses")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
