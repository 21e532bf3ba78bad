# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Reading a table into the municipality: first what would happen, then, if somebody says so, all of it or nothing."""

from samspil.foundation.importing.plan import Line, Plan, PlanRefusedError, difference, sentence, settle, written
from samspil.foundation.importing.reading import RowReader, finder, folded

__all__ = [
    "Line",
    "Plan",
    "PlanRefusedError",
    "RowReader",
    "difference",
    "finder",
    "folded",
    "sentence",
    "settle",
    "written",
]
