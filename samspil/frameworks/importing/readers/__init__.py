# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which reader reads a file: its first bytes decide, its name only where they say nothing."""

from pathlib import PurePath

from samspil.frameworks.importing import errors, limits
from samspil.frameworks.importing.readers import docx, markdown, pdf, text
from samspil.frameworks.importing.structure import Block

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
MACRO_ENDINGS = {".docm", ".dotm"}


def read(content: bytes, filename: str) -> list[Block]:
    """Return the blocks of a document, in order. Raises a ``DocumentError`` for whatever cannot be read."""
    ending = PurePath(filename).suffix.lower()
    if len(content) > limits.MAX_BYTES:
        raise errors.TooLargeError
    if not content.strip():
        raise errors.EmptyDocumentError
    if ending in MACRO_ENDINGS:
        raise errors.MacroError
    if content.startswith(OLD_OFFICE):
        raise errors.EncryptedError if ENCRYPTED_STREAM in content else errors.OldWordError
    blocks = _read_by_kind(content, ending)
    if sum(len(block.text) for block in blocks) > limits.MAX_CHARACTERS or len(blocks) > limits.MAX_PARAGRAPHS:
        raise errors.TooLongError
    if not any(character.isalnum() for block in blocks for character in block.text):
        raise errors.EmptyDocumentError
    return blocks


def _read_by_kind(content: bytes, ending: str) -> list[Block]:
    if content.startswith(b"%PDF-") or ending == ".pdf":
        return pdf.read(content)
    if content.startswith(b"PK\x03\x04") or ending == ".docx":
        return docx.read(content)
    if ending in {".md", ".markdown"}:
        return markdown.read(text.decode(content))
    if ending == ".txt":
        return text.read(text.decode(content))
    raise errors.UnknownTypeError
