# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What stands at each workplace of the overview."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samspil.foundation.templatetags.form_parts import escaped
from samspil.municipalities.models import Unit

register = template.Library()


@register.simple_tag
def ask_why(unit: Unit) -> SafeString:
    """Ask why a workplace stands where it stands: answered when it is opened, without scripts by the link inside."""
    url, name = escaped(reverse("overview_why", args=[unit.slug])), escaped(unit.name)
    return SafeString(
        f'<details class="ask" hx-get="{url}" hx-trigger="toggle once" hx-target="find .ask-answer" hx-swap="innerHTML">\n'
        f'<summary>{escaped(_("Why?"))}<span class="sr-only"> {name}</span></summary>\n'
        f'<div class="ask-answer" aria-live="polite"><a href="{url}">{escaped(_("See why"))}'
        f'<span class="sr-only">: {name}</span></a></div>\n</details>'
    )
