# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What happens to an agreement between two versions: dated rows outside the control code, by task lineage (R53)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspil.agreements.boundary import Boundary
from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel
from samspil.med.body_models import StandingConsent
from samspil.med.models import Dialogue


class TaskStop(MunicipalityModel):
    """Volunteers do a task no more from a day on; it holds for good, and the next version leaves the task out."""

    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="stops")
    task_lineage = models.UUIDField()
    task_title = models.CharField(max_length=120)
    from_date = models.DateField()
    reason = models.CharField(max_length=500)
    stopped_at = models.DateTimeField()
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["TaskStop"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("from_date", "id")
        constraints = (
            models.UniqueConstraint(fields=("agreement", "task_lineage"), name="a_task_is_stopped_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_stop_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.task_title} {self.from_date}"


class NewActivity(MunicipalityModel):
    """A task that began at once because the body had agreed to its type; the next version takes it in."""

    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="activities")
    consent = models.ForeignKey(StandingConsent, on_delete=models.PROTECT, related_name="+")
    lineage = models.UUIDField(default=uuid.uuid4)
    type = models.CharField(max_length=60)
    title = models.CharField(_("task"), max_length=120)
    not_part = models.CharField(_("not part of the task"), max_length=300)
    added_value = models.CharField(_("what it adds"), max_length=300)
    boundary_answers = models.JSONField()
    from_date = models.DateField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["NewActivity"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("from_date", "id")
        constraints = (models.UniqueConstraint(fields=("agreement", "lineage"), name="one_activity_per_lineage"),)

    def __str__(self) -> str:
        return self.title

    @property
    def boundary(self) -> Boundary:
        """Where it lies: nothing but a supplement begins at once."""
        return Boundary.SUPPLEMENT


class Ending(MunicipalityModel):
    """That an agreement ends, why, and the first day without it: proposed, decided, or given up.

    ``dialogue`` is where the ending is discussed. Under § 8 none is needed, but ``tried`` says how a change was tried.
    """

    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="endings")
    version = models.ForeignKey("agreements.AgreementVersion", on_delete=models.PROTECT, related_name="+")
    dialogue = models.OneToOneField(Dialogue, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    content_sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    tried = models.CharField(max_length=500, blank=True)
    ends_on = models.DateField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects = MunicipalityManager["Ending"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("version",), condition=Q(given_up_at=None), name="a_version_ends_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_ending_has_a_reason"),
            models.CheckConstraint(
                condition=Q(dialogue__isnull=False) | ~Q(tried=""), name="an_ending_was_discussed_or_tried_as_a_change"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.ends_on}"
