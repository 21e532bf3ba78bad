# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What stands at each workplace of the overview: written here, since a list has 25 of them and a template for each is slow."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.foundation.templatetags.form_parts import escaped
from samspil.foundation.templatetags.samspil import addresses, badge, danish_date
from samspil.municipalities.models import Unit
from samspil.reports.queries import Line

register = template.Library()


@register.simple_tag
def ask_why(unit: Unit) -> SafeString:
    """Ask why a workplace stands where it stands: answered when it is opened, without scripts by the link inside."""
    return SafeString(_ask_why(unit, addresses("overview_why")(unit.slug)))


def _ask_why(unit: Unit, url: str) -> str:
    name = escaped(unit.name)
    return (
        f'<details class="ask" hx-get="{url}" hx-trigger="toggle once" hx-target="find .ask-answer" hx-swap="innerHTML">\n'
        f'<summary>{escaped(_("Why?"))}<span class="sr-only"> {name}</span></summary>\n'
        f'<div class="ask-answer" aria-live="polite"><a href="{url}">{escaped(_("See why"))}'
        f'<span class="sr-only">: {name}</span></a></div>\n</details>'
    )


@register.simple_tag
def wave_of_line(line: Line) -> str:
    """Say what its wave asks of a workplace that is not done; nothing of others."""
    words = line.wave_in_words
    if not words:
        return ""
    late = f"{badge(_('Late'), 'error')} " if line.is_late else ""
    return SafeString(f'<div>{late}<span class="soft">{escaped(words)}</span></div>')


@register.simple_tag
def list_rows(lines: Iterable[Line]) -> SafeString:
    """Write the rows of the list."""
    page_of, why_of = addresses("workplace"), addresses("overview_why")
    named, under, sector = (escaped(word) for word in (_("Workplace"), _("Stands under"), _("Sector")))
    agreement, discussed = escaped(_("Agreement")), escaped(_("Last discussed"))
    not_yet = _("not yet")
    written = []
    for line in lines:
        unit = line.unit
        above = unit.parent.name if unit.parent else ""
        day = danish_date(line.discussed_on) if line.discussed_on else not_yet
        written.append(
            f'<tr>\n<th scope="row" data-title="{named}"><a href="{page_of(unit.slug)}">{escaped(unit.name)}</a></th>\n'
            f'<td data-title="{under}">{escaped(above)}</td>\n'
            f'<td data-title="{sector}">{escaped(unit.get_sector_display())}</td>\n'
            f'<td data-title="{agreement}">\n{badge(capfirst(str(line.status.label)), line.badge)} '
            f'<span class="soft">{escaped(line.age)}</span>\n{wave_of_line(line)}\n{_ask_why(unit, why_of(unit.slug))}\n</td>\n'
            f'<td data-title="{discussed}">{escaped(day)}</td>\n</tr>'
        )
    return SafeString("\n".join(written))
