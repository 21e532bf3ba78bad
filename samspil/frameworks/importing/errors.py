# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Why a document cannot be read, each in a sentence that says what to do instead."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from samspil.foundation.errors import Refusal


class DocumentError(Refusal):
    """The document cannot be imported. Nothing of it is kept."""

    sentence: ClassVar[Any] = _(
        "The document could not be read. Open it, save it again as .docx or .txt, and try with the new file."
    )

    def __init__(self) -> None:
        super().__init__(self.sentence)


class EmptyDocumentError(DocumentError):
    """Not one letter in it."""

    sentence = _("There is no text in the document. Choose the file that holds the framework.")


class UnknownTypeError(DocumentError):
    """Neither Word, PDF, text nor Markdown."""

    sentence = _("This kind of file cannot be read. Save the document as .docx, .pdf, .txt or .md, and try again.")


class OldWordError(UnknownTypeError):
    """The Word format of before 2007."""

    sentence = _("The document is in Word's old format. Open it in Word, save it as .docx, and try again.")


class TooLargeError(DocumentError):
    """More bytes, pages or letters than any framework has."""

    sentence = _("The file is larger than 20 MB. Remove the pictures, or save the text alone as .docx, and try again.")


class TooLongError(TooLargeError):
    """Small as a file, endless as a text."""

    sentence = _("The document has more text than a framework can have. Save the part that is the framework by itself.")


class EncryptedError(DocumentError):
    """It takes a password to open it."""

    sentence = _("The document is locked with a password. Save a copy without a password, and try again.")


class ScannedError(DocumentError):
    """Pictures of text, and no text."""

    sentence = _(
        "The document holds only pictures, as from a scanner. "
        "Find the original, or have the text recognised, and try with that file."
    )


class MacroError(DocumentError):
    """A document with a program inside."""

    sentence = _("The document holds macros. Save it as an ordinary Word document (.docx) without them, and try again.")


class BrokenArchiveError(DocumentError):
    """A Word file that is cut short, damaged, or not a Word file at all."""

    sentence = _("The Word file is damaged. Open it in Word, save it again as .docx, and try with the new file.")


class ZipBombError(BrokenArchiveError):
    """A Word file made to swell when it is unpacked."""

    sentence = _(
        "The Word file swells far too much when it is unpacked. "
        "Copy the text to a new document, save it as .docx, and try again."
    )


class NotTextError(DocumentError):
    """Bytes that no one can read as text."""

    sentence = _("The file is not plain text. Save the document as .docx, .pdf or as text in UTF-8, and try again.")


class TakesTooLongError(DocumentError):
    """The reader used more time or memory than it may."""

    sentence = _("The PDF is too heavy to read. Save the text as .docx or .txt, and try again.")
