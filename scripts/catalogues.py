# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The message catalogues: ``compile`` (at set-up, without gettext), ``check`` (nothing missing), ``update``.

English is the source and stands in the code; Danish must be whole.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "samspil"
LOCALE = PACKAGE / "locale"
LANGUAGE = "da"
SHOWN = 40


def read(file: Path) -> Catalog:
    """Read one .po file."""
    with file.open("rb") as lines:
        return read_po(lines, locale=LANGUAGE, abort_invalid=True)


def compile_all() -> int:
    """Write each .po file's .mo beside it."""
    for file in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = file.with_suffix(".mo")
        with target.open("wb") as out:
            write_mo(out, read(file))
        print(f"{target.relative_to(ROOT)} written")
    return 0


def make_messages(package: Path) -> None:
    """Let Django extract the messages of the package into the catalogues below it."""
    command = [str(Path(sys.executable).parent / "django-admin"), "makemessages", "--locale", LANGUAGE]
    command += ["--extension", "html,txt,py,typ", "--ignore", "static_vendor", "--no-wrap", "--add-location", "file"]
    subprocess.run([*command, "--no-obsolete", "--verbosity", "0"], check=True, cwd=package)


def key(message: Message) -> tuple[str | None, str]:
    """Return what tells one message from another."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def by_key(catalogue: Catalog) -> dict[tuple[str | None, str], Message]:
    """Return the messages without the header."""
    return {key(message): message for message in catalogue if message.id}


def extracted() -> Catalog:
    """Return the messages that the code has now, extracted in a copy so that the tree stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "samspil"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("static_vendor", "locale", "__pycache__"))
        (copy / "locale").mkdir()
        make_messages(copy)
        return read(copy / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po")


def problems() -> Iterator[str]:
    """Say what keeps the Danish catalogue from being whole."""
    catalogue = by_key(read(LOCALE / LANGUAGE / "LC_MESSAGES" / "django.po"))
    used = by_key(extracted())
    for name, source in used.items():
        if name not in catalogue:
            places = ", ".join(sorted({place for place, _ in source.locations})[:3])
            yield f"not in the catalogue: {name[1]!r} ({places})"
    for name, message in catalogue.items():
        texts = [message.string] if isinstance(message.string, str) else list(message.string or [])
        if message.fuzzy:
            yield f"fuzzy: {name[1]!r}"
        if not texts or not all(texts):
            yield f"without Danish: {name[1]!r}"
        if name not in used:
            yield f"no longer used: {name[1]!r}"
        for error in message.check():
            yield f"{error}: {name[1]!r}"


def check() -> int:
    """Print the problems; none is good."""
    found = list(problems())
    print(*found[:SHOWN], sep="\n", end="\n" if found else "")
    if len(found) > SHOWN:
        print(f"... and {len(found) - SHOWN} more")
    print(f"catalogues: {len(found)} problems; make messages updates them" if found else "catalogues: whole")
    return 1 if found else 0


def update() -> int:
    """Bring the catalogue in line with the code; what is new waits for its Danish.

    Sorted and without a date, so that two who work at the same time meet in few lines.
    """
    files = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    headers = [file.read_bytes().partition(b"\n\n")[0] for file in files]
    make_messages(PACKAGE)
    for file, header in zip(files, headers, strict=True):
        catalogue = read(file)
        with file.open("wb") as out:
            out.write(header + b"\n\n")
            write_po(out, catalogue, omit_header=True, width=0, sort_output=True, include_lineno=False)
    return compile_all()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["compile", "check", "update"])
    sys.exit({"compile": compile_all, "check": check, "update": update}[parser.parse_args().what]())
