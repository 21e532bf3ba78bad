# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The words that municipalities use for the functions in their lists of MED members."""

import re

from samspil.foundation.importing import folded
from samspil.med.models import Function, Side

FUNCTIONS = {
    "formand": (Function.CHAIR, Side.MANAGEMENT),
    "fmd": (Function.CHAIR, Side.MANAGEMENT),
    "næstformand": (Function.DEPUTY, Side.EMPLOYEES),
    "næstfmd": (Function.DEPUTY, Side.EMPLOYEES),
    "tr": (Function.UNION_REPRESENTATIVE, Side.EMPLOYEES),
    "ftr": (Function.UNION_REPRESENTATIVE, Side.EMPLOYEES),
    "tillidsrepræsentant": (Function.UNION_REPRESENTATIVE, Side.EMPLOYEES),
    "tillidsrep": (Function.UNION_REPRESENTATIVE, Side.EMPLOYEES),
    "tillidsrepr": (Function.UNION_REPRESENTATIVE, Side.EMPLOYEES),
    "fællestillidsrepræsentant": (Function.UNION_REPRESENTATIVE, Side.EMPLOYEES),
    "amr": (Function.SAFETY_REPRESENTATIVE, Side.EMPLOYEES),
    "arbejdsmiljørepræsentant": (Function.SAFETY_REPRESENTATIVE, Side.EMPLOYEES),
    "arbejdsmiljørepr": (Function.SAFETY_REPRESENTATIVE, Side.EMPLOYEES),
    "arbejdsmiljørep": (Function.SAFETY_REPRESENTATIVE, Side.EMPLOYEES),
    "arbmiljørep": (Function.SAFETY_REPRESENTATIVE, Side.EMPLOYEES),
    "arbmiljørepr": (Function.SAFETY_REPRESENTATIVE, Side.EMPLOYEES),
    "leder": (Function.MEMBER, Side.MANAGEMENT),
    "ledelsesrepræsentant": (Function.MEMBER, Side.MANAGEMENT),
    "medlem": (Function.MEMBER, Side.EMPLOYEES),
    "medarbejderrepræsentant": (Function.MEMBER, Side.EMPLOYEES),
    "medarbejderkontakt": (Function.EMPLOYEE_CONTACT, Side.EMPLOYEES),
}
_IN_BRACKETS = re.compile(r"(.+?) ?\((.+)\)")
_SAYS_THE_SIDE = {
    "leder": Side.MANAGEMENT,
    "ledelsen": Side.MANAGEMENT,
    "ledelse": Side.MANAGEMENT,
    "medarbejder": Side.EMPLOYEES,
    "medarbejdere": Side.EMPLOYEES,
}


def function_of(words: str) -> tuple[Function, Side] | None:
    """Return what the words stand for; what is in brackets may only say the same once more, or the side."""
    plain = folded(words.replace(".", ""))
    if plain in FUNCTIONS:
        return FUNCTIONS[plain]
    match = _IN_BRACKETS.fullmatch(plain)
    found = FUNCTIONS.get(match[1]) if match else None
    if match is None or found is None:
        return None
    return found if FUNCTIONS.get(match[2]) == found or _SAYS_THE_SIDE.get(match[2]) == found[1] else None
