# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel
from samspil.municipalities.models import Unit
from samspil.volunteering.models.people import Volunteer
from samspil.volunteering.states import HERE, State


class Through(models.TextChoices):
    """Through whom somebody comes."""

    SELF = "self", _("by themselves")
    GROUP = "group", _("in a group")
    ASSOCIATION = "association", _("through an association")


class EndedBy(models.TextChoices):
    """Who ended it; never why."""

    VOLUNTEER = "volunteer", _("the volunteer")
    WORKPLACE = "workplace", _("the workplace")
    AGREEMENT = "agreement", _("the agreement ended")


class PausedBy(models.TextChoices):
    """What an engagement is paused by; a volunteer gives no reason (R21)."""

    VOLUNTEER = "volunteer", _("the volunteer")
    WORKPLACE = "workplace", _("the workplace")
    FORMALITY = "formality", _("something is missing that must be in place")
    AGREEMENT = "agreement", _("no agreement is in force")


class Engagement(MunicipalityModel):
    """A volunteer's place at a workplace. Its tasks are referred to by lineage, so a new edition orphans nobody.

    ``volunteer`` is taken out when the person is forgotten: the row stays to be counted.
    ``is_lasting`` says that the place was meant to last from the start (*fast tilknytning*).
    ``here_since`` is for those who were volunteers before Samspil ("frivillig siden før"), who have until ``todo_until``;
    ``gone_through_on`` says when somebody talked their tasks through with them.
    """

    volunteer = models.ForeignKey(
        Volunteer, null=True, blank=True, on_delete=models.PROTECT, related_name="engagements"
    )
    workplace = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    through = models.CharField(max_length=12, choices=Through.choices, default=Through.SELF)
    state = models.CharField(max_length=12, choices=State.choices, default=State.IN_CLEARANCE)
    partnership = models.ForeignKey(
        "volunteering.PartnershipAgreement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagements",
    )
    contact_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_lasting = models.BooleanField(_("meant to last"), default=True)
    here_since = models.DateField(_("volunteer since"), null=True, blank=True)
    todo_until = models.DateField(null=True, blank=True)
    gone_through_on = models.DateField(null=True, blank=True)
    entered_at = models.DateTimeField()
    started_on = models.DateField(null=True, blank=True)
    paused_on = models.DateField(null=True, blank=True)
    paused_by = models.CharField(max_length=12, choices=PausedBy.choices, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=12, choices=EndedBy.choices, blank=True)
    thanked_on = models.DateField(null=True, blank=True)
    access_back_on = models.DateField(null=True, blank=True)

    objects = MunicipalityManager["Engagement"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(
                fields=("volunteer", "workplace"),
                condition=models.Q(state__in=HERE, volunteer__isnull=False),
                name="one_open_engagement_per_volunteer_and_workplace",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.ENDED, ended_on__isnull=False)
                | (~models.Q(state=State.ENDED) & models.Q(ended_on__isnull=True, volunteer__isnull=False)),
                name="an_ended_engagement_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=(State.ACTIVE, State.PAUSED)) | models.Q(started_on__isnull=False),
                name="an_active_engagement_says_since_when",
            ),
            models.CheckConstraint(
                condition=models.Q(partnership__isnull=True) | models.Q(through=Through.ASSOCIATION),
                name="an_association_stands_behind_its_own_only",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.ACTIVE) | models.Q(contact_person__isnull=False),
                name="an_active_volunteer_has_a_contact_person",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.PAUSED, paused_on__isnull=False)
                | (~models.Q(state=State.PAUSED) & models.Q(paused_on__isnull=True)),
                name="a_paused_engagement_says_since_when",
            ),
        )
        indexes = (
            models.Index(fields=("municipality", "workplace", "state"), name="engagement_by_workplace"),
            models.Index(fields=("municipality", "state", "contact_person"), name="engagement_by_contact"),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class EngagementTask(MunicipalityModel):
    """One task that the volunteer has said yes to, by the lineage of the agreement's task.

    A volunteer can decline a task at any time without a reason: ``declined_on`` (R21).
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="tasks")
    lineage = models.UUIDField()
    chosen_on = models.DateField()
    declined_on = models.DateField(null=True, blank=True)

    objects = MunicipalityManager["EngagementTask"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(
                fields=("engagement", "lineage"),
                condition=models.Q(declined_on=None),
                name="a_task_is_chosen_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.engagement_id} {self.lineage}"
