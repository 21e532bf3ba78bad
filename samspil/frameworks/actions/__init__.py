# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every write of the framework: versions as a whole, the parts of a draft, what is said about its changes, the policies it stands beside, and its waves."""

from samspil.frameworks.actions.changes import (
    Explanation,
    explain_change,
    explain_the_rest,
    recognise_parts,
    separate_part,
)
from samspil.frameworks.actions.drafts import DateRefusal
from samspil.frameworks.actions.elements import (
    Wording,
    add_element,
    bring_back_element,
    edit_element,
    merge_with_next,
    move_element,
    place_paragraph,
    remove_element,
    split_element,
)
from samspil.frameworks.actions.policies import PolicyFacts, add_policy, edit_policy, end_policy
from samspil.frameworks.actions.versions import (
    copy_version,
    import_framework,
    publish_version,
    set_title,
    use_model_framework,
    withdraw_draft,
)
from samspil.frameworks.actions.waves import add_wave, choose_wave_units, edit_wave, end_wave

__all__ = [
    "DateRefusal",
    "Explanation",
    "PolicyFacts",
    "Wording",
    "add_element",
    "add_policy",
    "add_wave",
    "bring_back_element",
    "choose_wave_units",
    "copy_version",
    "edit_element",
    "edit_policy",
    "edit_wave",
    "end_policy",
    "end_wave",
    "explain_change",
    "explain_the_rest",
    "import_framework",
    "merge_with_next",
    "move_element",
    "place_paragraph",
    "publish_version",
    "recognise_parts",
    "remove_element",
    "separate_part",
    "set_title",
    "split_element",
    "use_model_framework",
    "withdraw_draft",
]
