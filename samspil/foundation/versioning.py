# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The control code: which very words somebody agreed to.

The canonical format is named ``samspil-content-1``: that name, a line feed, then JSON in
UTF-8 with sorted keys, no white space, strings in NFC and with line feeds only. It may
never change; a better one gets a new name.
"""

import hashlib
import json
import unicodedata
from typing import Any

FORMAT = "samspil-content-1"


def _canonical(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, dict):
        return {str(key): _canonical(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_canonical(item) for item in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    message = f"no canonical form for {type(value).__name__}"
    raise TypeError(message)


def canonical_bytes(content: Any) -> bytes:
    """Return the bytes that the control code covers; raises ``TypeError`` on floats, dates and the like."""
    text = json.dumps(_canonical(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{FORMAT}\n{text}".encode()


def content_sha256(content: Any) -> str:
    """Return the control code, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_bytes(content)).hexdigest()
