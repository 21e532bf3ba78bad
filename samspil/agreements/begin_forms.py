# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.agreements.colleagues import colleagues_of
from samspil.agreements.models import AgreementVersion
from samspil.agreements.states import State
from samspil.municipalities.models import Unit

FEW = 8
"""As many colleagues as are shown at once; more are found by searching."""


class _KeyField(forms.ModelChoiceField[AgreementVersion]):
    """One version by its key; a number that no row can have is refused before the database is asked."""

    def to_python(self, value: Any) -> AgreementVersion | None:
        """Return the version, or say that it cannot be chosen."""
        if value and not (str(value).isascii() and str(value).isdecimal() and len(str(value)) < len(str(2**63))):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class BeginForm(forms.Form):
    """What to begin from; nothing chosen is the sector's template, or the text in force (R47)."""

    FROM_COLLEAGUE = "colleague"

    way = forms.CharField(required=False)
    colleague = _KeyField(
        label=_("Whose agreement?"),
        queryset=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This agreement cannot be begun from. Choose one that is in force.")},
    )
    given_up = _KeyField(
        queryset=None,
        required=False,
        error_messages={"invalid_choice": _("Only a text that was given up here can be taken up again.")},
    )

    def __init__(self, data: Any = None, *, workplace: Unit, search: str = "") -> None:
        super().__init__(data)
        self.search = search.strip()[:100]
        self.has_some = self.has_more = False
        self._workplace = workplace
        colleague, given_up = (self.fields[name] for name in ("colleague", "given_up"))
        colleague.queryset = colleagues_of(workplace)  # type: ignore[attr-defined]
        given_up.queryset = AgreementVersion.objects.filter(  # type: ignore[attr-defined]
            agreement__workplace=workplace, state=State.WITHDRAWN
        )

    def clean(self) -> dict[str, Any]:
        """Ask for a choice where somebody wants to begin from a colleague's and has chosen none."""
        cleaned: dict[str, Any] = super().clean() or {}
        if (
            cleaned.get("way") == self.FROM_COLLEAGUE
            and not cleaned.get("colleague")
            and "colleague" not in self.errors
        ):
            self.add_error("colleague", _("Choose whose agreement you begin from."))
        return cleaned

    @property
    def opens(self) -> bool:
        """Whether the colleagues are shown at once: somebody is looking for one, or has to choose."""
        return bool(self.search or self.errors)

    def offer(self) -> None:
        """Find the colleagues to choose among: one query, and no more rows than are shown."""
        found = list(colleagues_of(self._workplace, self.search)[: FEW + 1])
        self.has_more = len(found) > FEW
        choices = [(str(one.pk), _name(one)) for one in found[:FEW]]
        self.fields["colleague"].widget.choices = choices
        self.has_some = bool(choices)


def _name(version: AgreementVersion) -> str:
    workplace = version.agreement.workplace
    return f"{workplace.name} ({workplace.get_sector_display()})"
