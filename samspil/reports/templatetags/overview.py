# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What stands at each workplace of the overview."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samspil.municipalities.models import Unit

register = template.Library()


@register.simple_tag
def ask_why(unit: Unit) -> SafeString:
    """Ask why a workplace stands where it stands: answered when it is opened, without scripts by the link inside."""
    return format_html(
        '<details class="ask" hx-get="{0}" hx-trigger="toggle once" hx-target="find .ask-answer" hx-swap="innerHTML">\n'
        '<summary>{1}<span class="sr-only"> {2}</span></summary>\n'
        '<div class="ask-answer" aria-live="polite"><a href="{0}">{3}<span class="sr-only">: {2}</span></a></div>\n'
        "</details>",
        reverse("overview_why", args=[unit.slug]),
        _("Why?"),
        unit.name,
        _("See why"),
    )
