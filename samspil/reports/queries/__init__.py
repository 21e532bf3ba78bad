# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Reading for the overview: the tree with its counts, lists of workplaces, reasons, and what was changed."""

from samspil.reports.queries.area import Area, Counts, area_of
from samspil.reports.queries.changes import Change, changes_in
from samspil.reports.queries.lines import Line, lines_of
from samspil.reports.queries.reasons import Why, why
from samspil.reports.queries.support import support_described
from samspil.reports.queries.waves import WaveLine, wave_lines

__all__ = [
    "Area",
    "Change",
    "Counts",
    "Line",
    "WaveLine",
    "Why",
    "area_of",
    "changes_in",
    "lines_of",
    "support_described",
    "wave_lines",
    "why",
]
