# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Check that every link in the documents leads to a file, and to a heading where it names one."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts import house

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def anchors(document: Path) -> set[str]:
    """Return the anchors that a document's headings get."""
    titles = re.findall(r"^#+\s+(.+?)\s*$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def dead_links(document: Path) -> Iterator[str]:
    """Say which links of a document lead nowhere; addresses on the web are not fetched."""
    for target in LINK.findall(CODE.sub("", document.read_text())):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        file = (document.parent / name).resolve() if name else document
        if not file.exists():
            yield f"{document.relative_to(house.ROOT)}: no file {target}"
        elif anchor and file.suffix == ".md" and anchor not in anchors(file):
            yield f"{document.relative_to(house.ROOT)}: no heading {target}"


def main() -> int:
    """Print the dead links; none is good."""
    documents = [file for file in house.files() if file.suffix == ".md"]
    found = [link for document in documents for link in dead_links(document)]
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(documents)} documents, {len(found)} dead links")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
