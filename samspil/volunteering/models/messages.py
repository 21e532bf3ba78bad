# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.conf import settings
from django.db import models

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel
from samspil.municipalities.models import Unit
from samspil.volunteering.models.people import new_receipt_code


class VolunteerMessage(MunicipalityModel):
    """Words to the volunteers of a workplace, or of one task; read on a page that only those who have its code open."""

    workplace = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    lineage = models.UUIDField(null=True, blank=True, default=None)
    text = models.TextField()
    code = models.CharField(max_length=20, default=new_receipt_code, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    objects = MunicipalityManager["VolunteerMessage"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("municipality", "code"), name="one_volunteer_message_per_code"),)
        indexes = (models.Index(fields=("municipality", "workplace", "-sent_at"), name="volunteer_message_by_place"),)

    def __str__(self) -> str:
        return f"{self.workplace_id} {self.sent_at:%Y-%m-%d}"

    def about(self, volunteer_id: int) -> str:
        """Return what the e-mail to one of them is called in the delivery log."""
        return f"volunteering.message.{self.pk}.{volunteer_id}"
