# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The rows of the list of workplaces: written here, since a template for each is slow."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.foundation.templatetags.form_parts import escaped
from samspil.foundation.templatetags.samspil import addresses, badge, danish_date
from samspil.workspace.queries import WorkplaceLine

register = template.Library()


@register.simple_tag
def workplace_rows(lines: Iterable[WorkplaceLine]) -> SafeString:
    """Write a row for each workplace: its name, its sector, how far its agreement has come."""
    page_of = addresses("workplace")
    named, sector, agreement = (escaped(word) for word in (_("Workplace"), _("Sector"), _("Agreement")))
    written = []
    for line in lines:
        unit, in_force = line.unit, line.coverage.in_force
        since = _("since %(since)s") % {"since": danish_date(in_force.in_force_from)} if in_force else ""
        written.append(
            f'<tr>\n<th scope="row" data-title="{named}"><a href="{page_of(unit.slug)}">{escaped(unit.name)}</a></th>\n'
            f'<td data-title="{sector}">{escaped(unit.get_sector_display())}</td>\n'
            f'<td data-title="{agreement}">{badge(capfirst(str(line.coverage.status.label)), line.badge)} '
            f"{escaped(since)}</td>\n</tr>"
        )
    return SafeString("\n".join(written))
