# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What follows when a volunteer comes to a place or leaves it: the login, and the day on which they are forgotten."""

from datetime import date, datetime, timedelta

from samspil.foundation.capacity import Capacity
from samspil.foundation.months import months_later
from samspil.people.actions import end_role, grant_role
from samspil.people.models import Role, RoleAssignment
from samspil.volunteering.models import Engagement, Volunteer
from samspil.volunteering.states import HERE
from samspil.volunteering.terms import common_terms

PAGE_STAYS = timedelta(days=30)
"""How long somebody who has stopped can still log in, to fetch what is theirs."""


def open_own_page(*, engagement: Engagement, actor: Capacity, on: date, at: datetime) -> None:
    """Let a volunteer who has a login act as a volunteer at this place, too; nothing for who has none."""
    volunteer = engagement.volunteer
    if volunteer is None or volunteer.user is None:
        return
    user = volunteer.user
    going_on = RoleAssignment.objects.on(on).filter(user=user, role=Role.VOLUNTEER, unit=engagement.workplace)
    # Whoever comes back within the month keeps the role that was about to end.
    going_on.update(until=None)
    grant_role(
        email=user.email,
        name=user.name,
        role=Role.VOLUNTEER,
        unit=engagement.workplace,
        from_date=on,
        actor=actor,
        at=at,
    )


def let_go(*, engagement: Engagement, actor: Capacity, on: date, at: datetime) -> None:
    """End the login at this place in a month; set the day of forgetting when it was the last place."""
    volunteer = Volunteer.objects.select_for_update().get(pk=engagement.volunteer_id or 0)
    if volunteer.user_id is not None:
        roles = RoleAssignment.objects.on(on).filter(user_id=volunteer.user_id, unit_id=engagement.workplace_id)
        for assignment in roles.filter(role=Role.VOLUNTEER, until=None):
            end_role(assignment=assignment, on=on + PAGE_STAYS, actor=actor, at=at)
    if not Engagement.objects.filter(volunteer=volunteer, state__in=HERE).exclude(pk=engagement.pk).exists():
        volunteer.forget_on = months_later(on, common_terms().forget_after_months)
        volunteer.save(update_fields=["forget_on"])
