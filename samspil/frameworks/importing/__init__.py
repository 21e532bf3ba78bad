# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""From a municipality's document to the elements of a framework: no tables, nothing stored.

``readers`` turn a file into blocks, ``joining`` mends what pages broke, ``headings`` and ``vocabulary`` say what the
parts are, ``understanding`` gives every paragraph its place, ``meaning`` suggests purposes and questions.
"""

from samspil.frameworks.importing.describing import describe
from samspil.frameworks.importing.errors import DocumentError
from samspil.frameworks.importing.limits import MAX_BYTES
from samspil.frameworks.importing.readers import read
from samspil.frameworks.importing.structure import Audience, ImportedElement, ImportedFramework, Kind, SourceParagraph
from samspil.frameworks.importing.understanding import understand

__all__ = [
    "MAX_BYTES",
    "Audience",
    "DocumentError",
    "ImportedElement",
    "ImportedFramework",
    "Kind",
    "SourceParagraph",
    "describe",
    "import_document",
]


def import_document(content: bytes, filename: str) -> ImportedFramework:
    """Understand a document. Raises a ``DocumentError`` whose message says what to do about it."""
    return understand(read(content, filename))
