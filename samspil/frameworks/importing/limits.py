# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How much a document may weigh. A framework is a few pages; these bounds are ten times that and more."""

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_CHARACTERS = 500_000
MAX_PARAGRAPHS = 10_000

MAX_ARCHIVE_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 100 * MEGABYTE
MAX_PART_BYTES = 30 * MEGABYTE
MAX_RATIO = 200

# A request must be answered within half a minute; a hundred full pages take about twenty seconds.
MAX_PAGES = 100
PDF_SECONDS = 24
PDF_WAITING_SECONDS = 28
PDF_MEMORY_BYTES = 1024 * MEGABYTE
