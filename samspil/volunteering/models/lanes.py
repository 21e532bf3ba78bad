# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The light ways in: a visit to try, an event with many people and no names, an informal group."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel
from samspil.municipalities.models import Unit
from samspil.volunteering.models.engagements import Engagement
from samspil.volunteering.models.people import Volunteer

MOST_VISITS = 3
"""So many visits one may try, all within three months: with a fourth it would be a fixed attachment."""


class TrialVisit(MunicipalityModel):
    """*Prøvebesøg*: one visit beside an employee, before anybody decides on anything."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="trial_visits")
    workplace = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    on = models.DateField(_("day of the visit"))
    beside = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = MunicipalityManager["TrialVisit"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("on", "number")
        constraints = (
            models.UniqueConstraint(fields=("volunteer", "workplace", "number"), name="one_trial_visit_per_number"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=MOST_VISITS), name="at_most_three_trial_visits"
            ),
        )

    def __str__(self) -> str:
        return f"{self.workplace_id} {self.on} {self.number}"


class Occasion(MunicipalityModel):
    """*Arrangement*: a day with many helpers, counted and never named (R28).

    ``expected`` and ``came`` are numbers of people; ``briefing`` is what everybody is told on the day.
    """

    workplace = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("what is it called?"), max_length=120)
    on = models.DateField(_("day"))
    place = models.CharField(_("where?"), max_length=120)
    leader_of_the_day = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expected = models.PositiveIntegerField(_("how many helpers do you expect?"))
    briefing = models.TextField(_("what is everybody told on the day?"))
    came = models.PositiveIntegerField(_("how many came?"), null=True, blank=True)
    briefed_on = models.DateField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField()

    objects = MunicipalityManager["Occasion"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(came=None) | models.Q(cancelled_at=None, briefed_on__isnull=False),
                name="an_event_that_was_held_was_not_cancelled",
            ),
        )
        indexes = (models.Index(fields=("municipality", "workplace", "on"), name="occasion_by_day"),)

    def __str__(self) -> str:
        return f"{self.title} {self.on}"


class GroupAgreement(MunicipalityModel):
    """*Gruppeaftale*: an informal group with one spokesperson, whose engagement carries the group's tasks and state.

    Only the spokesperson has a name here; the others are ``heads``, the spokesperson counted in.
    """

    engagement = models.OneToOneField(Engagement, on_delete=models.PROTECT, related_name="group")
    name = models.CharField(_("the group's name"), max_length=120)
    heads = models.PositiveIntegerField(_("how many are you?"))
    counted_on = models.DateField()

    objects = MunicipalityManager["GroupAgreement"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (models.CheckConstraint(condition=models.Q(heads__gte=2), name="a_group_has_two_people_or_more"),)

    def __str__(self) -> str:
        return self.name


class StaffRole(MunicipalityModel):
    """A role that an employee takes on, and can hand over to a colleague (R64). Contact persons stand on the agreement."""

    class Kind(models.TextChoices):
        """What somebody has taken on."""

        HOST = "host", _("host on the day")
        INTRODUCER = "introducer", _("shows new volunteers around")

    workplace = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = MunicipalityManager["StaffRole"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("kind", "from_date", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("workplace", "kind", "user"), condition=models.Q(until=None), name="a_role_is_taken_on_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id}"
