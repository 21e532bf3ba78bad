# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What covers a volunteer, in the municipality's own sentence."""

from collections.abc import Iterable

from samspil.volunteering.models import InsuranceLine


def insurance_sentence(task_types: Iterable[str]) -> str:
    """Return the sentence of the municipality's table about these types of task; nothing where none was written."""
    lines = {line.task_type: line.sentence for line in InsuranceLine.objects.all()}
    own = dict.fromkeys(lines[kind] for kind in sorted(set(task_types)) if kind in lines)
    return " ".join(own) or lines.get("", "")
