# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a workplace says to a change of the framework: dated, bound to the new words, outside the control code (R53)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel


class Stand(models.TextChoices):
    """What a change means at the workplace."""

    NO_EFFECT = "no_effect", _("It changes nothing with us")
    REVISED = "revised", _("We revise our text")
    KEPT = "kept", _("We keep our text, because …")
    EXEMPTED = "exempted", _("We are exempt until …")


NEEDS_A_REASON = (Stand.KEPT, Stand.EXEMPTED)


class Disposition(MunicipalityModel):
    """A stand on one change. It counts for the very words that it was taken on; one that was replaced is kept.

    ``lineage`` is that of ``frameworks.queries.Change``, ``new_text_sha256`` the control code of its new wording.
    """

    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="dispositions")
    lineage = models.UUIDField()
    new_text_sha256 = models.CharField(max_length=64)
    stand = models.CharField(max_length=12, choices=Stand.choices)
    reason = models.CharField(max_length=500, blank=True)
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = MunicipalityManager["Disposition"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "lineage", "new_text_sha256"),
                condition=Q(replaced_at=None),
                name="one_live_stand_per_new_text",
            ),
            models.CheckConstraint(
                condition=~Q(stand__in=NEEDS_A_REASON) | ~Q(reason=""), name="kept_and_exempted_say_why"
            ),
            models.CheckConstraint(
                condition=(Q(stand=Stand.EXEMPTED) & Q(until__isnull=False))
                | (~Q(stand=Stand.EXEMPTED) & Q(until__isnull=True)),
                name="exempted_and_nothing_else_has_a_last_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.stand} {self.lineage}"
