# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A poster with a QR code, A4, as PDF/UA-1 and PDF/A-2a; the same poster gives the same bytes."""

import io
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import segno
import typst

from samspil.foundation.pdf.letters import breakable, only_known, printable

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Poster:
    """What stands on it. ``address`` is what the code leads to, and printed under it as one would type it."""

    title: str
    workplace: str
    sentence: str
    scan: str
    address: str
    alternative: str
    municipality: str
    date: date
    contact: str = ""
    language: str = "da"


def qr_svg(address: str) -> str:
    """Return the QR code of an address: one that can still be read when a corner is worn."""
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="svg", scale=8, border=2, xmldecl=False)
    return out.getvalue().decode()


def render_poster(poster: Poster) -> bytes:
    """Return the poster; signs that none of our fonts can draw are shown as □."""
    try:
        return _compiled(poster, lambda text: text)
    except typst.TypstError:
        return _compiled(poster, only_known)


def _compiled(poster: Poster, change: Any) -> bytes:
    words = ("title", "workplace", "sentence", "scan", "alternative", "municipality", "contact")
    data: dict[str, Any] = {name: change(breakable(printable(getattr(poster, name)))) for name in words}
    data |= {
        "address": change(breakable(printable(poster.address.partition("://")[2]))),
        "qr": qr_svg(poster.address),
        "language": poster.language,
        "date": {"year": poster.date.year, "month": poster.date.month, "day": poster.date.day},
    }
    return typst.compile(
        str(_HERE / "poster.typ"),
        root=str(_HERE),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"poster": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(datetime.combine(poster.date, time(), UTC).timestamp()),
    )
