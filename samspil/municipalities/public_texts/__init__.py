# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The municipality's accessibility statement and privacy text: its own words, or the product's draft of them."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.safestring import SafeString

from samspil.foundation.markdown import markdown_html
from samspil.municipalities.models import Municipality, PublicText

_HERE = Path(__file__).parent
KINDS = {"tilgaengelighed": PublicText.Kind.ACCESSIBILITY, "privatliv": PublicText.Kind.PRIVACY}
"""The kinds by the word that stands in their addresses."""


@dataclass(frozen=True)
class ShownText:
    """A public text, ready to be read."""

    kind: PublicText.Kind
    html: SafeString
    statement_url: str

    @property
    def is_accessibility(self) -> bool:
        """Whether it is the accessibility statement."""
        return self.kind == PublicText.Kind.ACCESSIBILITY


def draft_of(kind: str, municipality: Municipality) -> str:
    """Return the product's draft, with the municipality's name and where to write or call."""
    lines = [part for part in (municipality.contact_label, _mail(municipality), _phone(municipality)) if part]
    text = (_HERE / f"{PublicText.Kind(kind).value}.md").read_text(encoding="utf-8").strip()
    contact = ", ".join(lines) or municipality.name
    return text.replace("{kommune}", municipality.name).replace("{kontakt}", contact)


def _mail(municipality: Municipality) -> str:
    return f"<{municipality.contact_email}>" if municipality.contact_email else ""


def _phone(municipality: Municipality) -> str:
    phone = municipality.contact_phone
    return f"[{phone}](tel:{''.join(phone.split())})" if phone else ""


def text_of(kind: str) -> PublicText | None:
    """Return the municipality's own row for a kind, or None where nothing has been saved."""
    return PublicText.objects.filter(kind=kind).first()


def shown_text(kind: str, municipality: Municipality) -> ShownText:
    """Return what is read: the municipality's own words, or the draft where it has none."""
    own = text_of(kind)
    text = own.text if own and own.text else draft_of(kind, municipality)
    return ShownText(PublicText.Kind(kind), markdown_html(text), own.statement_url if own else "")
