# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel
from samspil.volunteering.models.engagements import Engagement


class How(models.TextChoices):
    """How a volunteer said yes; paper and word of mouth count as much as the screen."""

    SCREEN = "screen", _("on the screen")
    PAPER = "paper", _("on paper")
    ALOUD = "aloud", _("by word of mouth")


class VolunteerAgreement(MunicipalityModel):
    """What one volunteer and the workplace have agreed on (*frivilligaftale*, R56): frozen words, numbered for each place.

    The workplace says yes by making it. The volunteer's name and the contact person stand outside the words, so that
    nobody's leaving changes what was said yes to. ``own_sha256`` covers what is this volunteer's own: only when that
    changes are they asked again.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    own_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_on = models.DateField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_how = models.CharField(max_length=8, choices=How.choices, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MunicipalityManager["VolunteerAgreement"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("engagement", "number"), name="one_volunteer_agreement_per_number"),
            models.CheckConstraint(
                condition=models.Q(accepted_how="", accepted_on=None, accepted_at=None, noted_by=None)
                | models.Q(accepted_how="screen", accepted_on__isnull=False, accepted_at__isnull=False, noted_by=None)
                | models.Q(
                    accepted_how__in=("paper", "aloud"),
                    accepted_on__isnull=False,
                    accepted_at__isnull=False,
                    noted_by__isnull=False,
                ),
                name="a_yes_says_when_and_how_and_who_noted_it",
            ),
        )

    def __str__(self) -> str:
        return f"{self.engagement_id} {self.number}"


class Welcome(MunicipalityModel):
    """How far a newcomer has been shown around: days only, no words (R57, R66)."""

    engagement = models.OneToOneField(Engagement, on_delete=models.PROTECT, related_name="welcome")
    first_day_on = models.DateField(null=True, blank=True)
    first_month_on = models.DateField(null=True, blank=True)
    talk_on = models.DateField(null=True, blank=True)

    objects = MunicipalityManager["Welcome"]()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return str(self.engagement_id)


class CommonTerms(MunicipalityModel):
    """What the municipality says to all its volunteers, and how long it keeps what it knows of them; one row at most.

    An empty sentence means the product's own.
    """

    confidentiality = models.TextField(_("what stays here"), max_length=600, blank=True)
    forget_after_months = models.PositiveSmallIntegerField(_("months until a volunteer is forgotten"), default=12)
    keep_reads_months = models.PositiveSmallIntegerField(_("months that the list of readers is kept"), default=12)
    changed_at = models.DateTimeField()

    objects = MunicipalityManager["CommonTerms"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=("municipality",), name="one_set_of_common_terms"),
            models.CheckConstraint(
                condition=models.Q(forget_after_months__lte=36), name="a_volunteer_is_forgotten_within_three_years"
            ),
            models.CheckConstraint(
                condition=models.Q(keep_reads_months__gte=1, keep_reads_months__lte=36),
                name="readers_are_kept_for_one_to_36_months",
            ),
        )

    def __str__(self) -> str:
        return f"{self.forget_after_months}"
