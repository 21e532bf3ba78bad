# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The zip file around a Word document, unpacked only as far as is safe."""

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from samspil.frameworks.importing import errors, limits

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = "word/document.xml"


class WordArchive:
    """The parts of a Word document. Refuses bombs, macros and damage before anything is unpacked."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
            raise errors.BrokenArchiveError from error
        self._members = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        self._refuse()

    def _refuse(self) -> None:
        infos = self._zip.infolist()
        if any(info.flag_bits & 0x1 for info in infos):
            raise errors.EncryptedError
        total = sum(info.file_size for info in infos)
        if len(infos) > limits.MAX_ARCHIVE_MEMBERS or total > limits.MAX_UNPACKED_BYTES:
            raise errors.ZipBombError
        for info in infos:
            swells = info.file_size > limits.MEGABYTE and info.file_size > limits.MAX_RATIO * max(info.compress_size, 1)
            if swells or (info.filename.endswith(".xml") and info.file_size > limits.MAX_PART_BYTES):
                raise errors.ZipBombError
        names = {name.casefold() for name in self._members}
        if any(name.rsplit("/", 1)[-1].startswith("vbaproject") for name in names):
            raise errors.MacroError
        if DOCUMENT not in self._members:
            raise errors.UnknownTypeError if "[content_types].xml" not in names else errors.BrokenArchiveError
        if b"macroEnabled" in (self._bytes("[Content_Types].xml") or b""):
            raise errors.MacroError

    def part(self, name: str) -> Any | None:
        """Return the root of a part, or None where there is no such part."""
        content = self._bytes(name)
        if content is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise errors.BrokenArchiveError from error
        if root.getroottree().docinfo.doctype:
            raise errors.BrokenArchiveError
        return root

    def parts(self, start: str) -> list[Any]:
        """Return the roots of all parts whose name begins so, as headers 1 to 3 do."""
        names = sorted(name for name in self._members if name.startswith(start) and name.endswith(".xml"))
        return [root for root in map(self.part, names) if root is not None]

    def _bytes(self, name: str) -> bytes | None:
        info = self._members.get(name)
        if info is None:
            return None
        try:
            return self._zip.read(info)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise errors.BrokenArchiveError from error
