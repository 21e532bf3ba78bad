# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Coverage as a bar: drawn on the server, with the same in words for those who do not see it."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samspil.agreements.queries import Coverage
from samspil.reports.queries import Counts

_WIDTH, _HEIGHT, _GAP = 400, 16, 2


def counts_in_words(counts: Counts) -> str:
    """Say how many have come how far: "3 in force, 1 under way, 2 not begun"."""
    ordered = sorted(Coverage, key=lambda status: status != Coverage.IN_FORCE)
    ordered = [*(status for status in ordered if status != Coverage.NOT_BEGUN), Coverage.NOT_BEGUN]
    told = [f"{counts.by_status[status]} {status.label}" for status in ordered if counts.by_status.get(status)]
    return ", ".join(told) or _("no workplaces")


def bar(counts: Counts) -> SafeString:
    """Draw the counts as a bar: in force first, then what is under way; the rest stays empty."""
    parts, start = [], 0
    for status in (Coverage.IN_FORCE, Coverage.UNDER_WAY):
        number = counts.by_status.get(status, 0)
        if number:
            width = max(round(number / counts.total * _WIDTH), _GAP * 2)
            parts.append((start, max(width - _GAP, _GAP), _HEIGHT, f"bar-{status.value.replace('_', '-')}"))
            start += width
    return format_html(
        '<svg class="bar" viewBox="0 0 {} {}" role="img" aria-label="{}" preserveAspectRatio="none">'
        '<rect class="bar-rest" width="{}" height="{}"></rect>{}</svg>',
        _WIDTH,
        _HEIGHT,
        counts_in_words(counts),
        _WIDTH,
        _HEIGHT,
        format_html_join("", '<rect x="{}" width="{}" height="{}" class="{}"></rect>', parts),
    )
