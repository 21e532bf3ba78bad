# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Text as people send it, made safe to store without changing what it says."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_TEXT = 20_000
# Letters only, so that it sorts alike under every collation of a database.
_DANISH_ORDER = {"æ": "zza", "ø": "zzb", "å": "zzc", "ä": "zza", "ö": "zzb"}
# Direction overrides can make a text read as something else than what was agreed to.
_INVISIBLE = dict.fromkeys(map(ord, "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u202c\x00"))

# Day (replacement numbers add 60), month, year, and four digits.
_PERSONAL_NUMBER = re.compile(r"(?<!\d)([06][1-9]|[1278]\d|[39][01])(0[1-9]|1[0-2])\d{2}[ -]?\d{4}(?!\d)")


def looks_like_personal_number(text: str) -> bool:
    """Say whether the text holds what looks like a CPR number."""
    return _PERSONAL_NUMBER.search(text) is not None


def clean_text(value: str, *, limit: int = MAX_TEXT) -> str:
    """Return ``value`` in NFC without NUL, direction overrides and lone surrogates.

    Raises ``ValidationError`` when it is longer than ``limit`` characters.
    """
    value = value.translate(_INVISIBLE).encode("utf-8", "ignore").decode("utf-8")
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    value = "".join(sign for sign in value if sign in "\n\t" or not unicodedata.category(sign).startswith("Cc")).strip()
    if len(value) > limit:
        raise ValidationError(
            _("Write at most %(limit)d characters. There are %(length)d now."),
            params={"limit": limit, "length": len(value)},
        )
    return value


def sort_key(name: str) -> str:
    """Return a stored key that sorts as Danish does: æ, ø and å last, aa as å."""
    folded = unicodedata.normalize("NFC", name).casefold().replace("aa", "å")
    return "".join(_DANISH_ORDER.get(sign, sign) for sign in folded)[:200]
