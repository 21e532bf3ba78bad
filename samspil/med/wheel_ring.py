# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The year wheel as a ring of twelve months, drawn on the server; the table beside it says the same in words."""

from calendar import isleap
from collections.abc import Iterable
from datetime import date
from math import cos, pi, sin

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.med.body_models import WheelEntry

Kind = WheelEntry.Kind

SIZE = 320
_MIDDLE = SIZE / 2
_OUTER, _INNER, _NAMES = 132, 74, 147
_RADIUS = {
    Kind.MEETING: 120,
    Kind.EVALUATION: 102,
    Kind.YEARLY_DISCUSSION: 102,
    Kind.FRAMEWORK_REVIEW: 86,
    Kind.OTHER: 86,
}
"""Kinds lie on rings of their own, so that two of one day do not hide each other."""
_SHAPES = {
    Kind.MEETING: "M0 -7A7 7 0 1 1 0 7A7 7 0 1 1 0 -7Z",
    Kind.EVALUATION: "M0 -9L9 0L0 9L-9 0Z",
    Kind.YEARLY_DISCUSSION: "M-7 -7H7V7H-7Z",
    Kind.FRAMEWORK_REVIEW: "M0 -9L9 7H-9Z",
    Kind.OTHER: "M-8 -3H8V3H-8Z",
}


def _angle(day: date) -> float:
    """Return where a day lies on the ring: the new year is at the top, and time goes round with the clock."""
    return (day.timetuple().tm_yday - 1) / (366 if isleap(day.year) else 365) * 2 * pi - pi / 2


def _point(angle: float, radius: float) -> tuple[str, str]:
    return f"{_MIDDLE + radius * cos(angle):.1f}", f"{_MIDDLE + radius * sin(angle):.1f}"


def mark(kind: str, css: str = "") -> SafeString:
    """Draw the sign of a kind for the table: its shape says what it is, not its colour alone."""
    return format_html(
        '<svg class="wheel-key" viewBox="-10 -10 20 20" aria-hidden="true">'
        '<path d="{}" class="wheel-mark wheel-{} {}"></path></svg>',
        _SHAPES[Kind(kind)],
        kind.replace("_", "-"),
        css,
    )


def in_words(year: int, entries: Iterable[WheelEntry]) -> str:
    """Say what the year holds: "2027: 4 meetings, 1 evaluation, 1 other date"."""
    there = [entry.kind for entry in entries if entry.cancelled_at is None]
    meetings, evaluations = there.count(Kind.MEETING), there.count(Kind.EVALUATION)
    others = len(there) - meetings - evaluations
    parts = []
    if meetings:
        parts.append(ngettext("%(count)d meeting", "%(count)d meetings", meetings) % {"count": meetings})
    if evaluations:
        parts.append(ngettext("%(count)d evaluation", "%(count)d evaluations", evaluations) % {"count": evaluations})
    if others:
        parts.append(ngettext("%(count)d other date", "%(count)d other dates", others) % {"count": others})
    return f"{year}: {', '.join(parts) or _('nothing planned yet')}"


def ring(year: int, entries: Iterable[WheelEntry], today: date) -> SafeString:
    """Draw the year: months round the ring, a sign for each date, and a line for today."""
    entries = list(entries)
    months = [date(year, month, 1) for month in range(1, 13)]
    lines = [(*_point(_angle(first), _INNER), *_point(_angle(first), _OUTER)) for first in months]
    names = [(*_point(_angle(first.replace(day=15)), _NAMES), date_format(first, "M")[:3]) for first in months]
    marks = [
        (
            *_point(_angle(entry.on), _RADIUS[Kind(entry.kind)]),
            _SHAPES[Kind(entry.kind)],
            entry.kind.replace("_", "-"),
            " wheel-cancelled" if entry.cancelled_at else "",
        )
        for entry in entries
    ]
    now = [(*_point(_angle(today), _INNER), *_point(_angle(today), _OUTER))] if today.year == year else []
    return format_html(
        '<svg class="wheel" viewBox="0 0 {size} {size}" role="img" aria-label="{words}">'
        '<circle class="wheel-band" cx="{middle}" cy="{middle}" r="{outer}"></circle>'
        '<circle class="wheel-hole" cx="{middle}" cy="{middle}" r="{inner}"></circle>'
        '{lines}{now}{names}<text class="wheel-year" x="{middle}" y="{middle}">{year}</text>{marks}</svg>',
        size=SIZE,
        middle=_MIDDLE,
        outer=_OUTER,
        inner=_INNER,
        year=str(year),
        words=in_words(year, entries),
        lines=format_html_join("", '<line class="wheel-line" x1="{}" y1="{}" x2="{}" y2="{}"></line>', lines),
        now=format_html_join("", '<line class="wheel-today" x1="{}" y1="{}" x2="{}" y2="{}"></line>', now),
        names=format_html_join("", '<text class="wheel-month" x="{}" y="{}">{}</text>', names),
        marks=format_html_join(
            "", '<path transform="translate({} {})" d="{}" class="wheel-mark wheel-{}{}"></path>', marks
        ),
    )
