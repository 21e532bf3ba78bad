# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Files of people: what they are by their own bytes, and a name that is safe everywhere. Nothing in them is ever run."""

import io
import re
import zipfile

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from samspil.foundation.text import clean_text

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG = "image/png"
JPEG = "image/jpeg"
TEXT = "text/plain; charset=utf-8"
ENDINGS = {PDF: ".pdf", DOCX: ".docx", XLSX: ".xlsx", PNG: ".png", JPEG: ".jpg", TEXT: ".txt"}
LONGEST_NAME = 100

_FIRST_BYTES = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
_MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_MOST_PARTS = 5000
_UNSAFE = re.compile(r'[<>:"|?*;%$`&\\/]')
_ALSO_CALLED = {".jpg": (".jpg", ".jpeg")}


def media_type_of(content: bytes) -> str:
    """Return the media type that the bytes themselves show; empty where it is none that we take."""
    for first, media_type in _FIRST_BYTES.items():
        if content.startswith(first):
            return media_type
    if content.startswith(b"PK"):
        return _office_type_of(content)
    try:
        return "" if not content or "\x00" in content.decode("utf-8") else TEXT
    except UnicodeDecodeError:
        return ""


def _office_type_of(content: bytes) -> str:
    """Look at the list of parts only; nothing is unpacked. A file with macros is none that we take."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [info.filename for info in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return ""
    has_macros = any("vbaproject" in name.lower() for name in names)
    if has_macros or len(names) > _MOST_PARTS:
        return ""
    return next((media_type for part, media_type in _MAIN_PARTS.items() if part in names), "")


def cleaned_name(name: str, media_type: str) -> str:
    """Return the name without folders, hidden signs and what a shell or a spreadsheet would act on; its ending says what it is."""
    last = re.split(r"[/\\]", clean_text(name, limit=10_000))[-1]
    last = " ".join(_UNSAFE.sub("-", "".join(sign for sign in last if sign.isprintable())).split())
    ending = ENDINGS[media_type]
    for known in _ALSO_CALLED.get(ending, (ending,)):
        if last.lower().endswith(known):
            last = last[: -len(known)]
            break
    last = last.strip(" .").lstrip("=+-@~").strip(" .")
    return (last[: LONGEST_NAME - len(ending)].strip(" .") or "bilag") + ending


def download(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Answer with a file of somebody's: fetched, never shown, and in a box even where a browser would show it."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
