# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""KLE: the subjects that all municipalities file under."""

import re

KLE_OF_AGREEMENTS = "81.50.05"
"""Where agreements with volunteers are filed; a municipality may use another number."""

_NUMBER = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}(-[A-Z][0-9]{2})?")


def is_kle_number(text: str) -> bool:
    """Say whether the text is built as a subject is, with or without a facet of what is done: 81.50.05-P19."""
    return _NUMBER.fullmatch(text) is not None
