# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a body may use beside its dialogues: settings, standing consents, the year wheel, the calendar (R53, R62)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel

NUMBERS = ("meetings_a_year", "paper_days", "evaluation_months", "review_months")


class MedSettings(MunicipalityModel):
    """The municipality's own names of levels, from the top, and its four numbers; they only suggest, so no history."""

    levels = models.JSONField(default=list)
    meetings_a_year = models.PositiveSmallIntegerField(default=4)
    paper_days = models.PositiveSmallIntegerField(default=7)
    evaluation_months = models.PositiveSmallIntegerField(default=12)
    review_months = models.PositiveSmallIntegerField(default=36)
    changed_at = models.DateTimeField()

    objects = MunicipalityManager["MedSettings"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("municipality",), name="one_row_of_med_settings"),)

    def __str__(self) -> str:
        return f"{self.meetings_a_year}"


class CommitteeRhythm(MunicipalityModel):
    """The numbers that one body has of its own; what is empty follows the municipality."""

    committee = models.OneToOneField("med.Committee", on_delete=models.PROTECT, related_name="rhythm")
    meetings_a_year = models.PositiveSmallIntegerField(null=True, blank=True)
    paper_days = models.PositiveSmallIntegerField(null=True, blank=True)
    evaluation_months = models.PositiveSmallIntegerField(null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = MunicipalityManager["CommitteeRhythm"]()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.committee_id}"


class FormRule(MunicipalityModel):
    """Which forms count from a day on, for one occasion (R53). The newest row on a day is the rule of that day."""

    occasion = models.CharField(max_length=16)
    forms = models.JSONField()
    from_date = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["FormRule"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("from_date", "id")
        indexes = (models.Index(fields=("occasion", "from_date"), name="form_rule_by_day"),)

    def __str__(self) -> str:
        return f"{self.occasion} {self.from_date}"


class StandingConsent(MunicipalityModel):
    """*Rammebeslutning*: within these types of task the leader may say yes at once (R53).

    ``dialogue`` is where the body says so; it counts when that dialogue does. ``arises_from`` is the
    discussion in which the thought came up. No ``units``: all that the body covers.
    """

    committee = models.ForeignKey("med.Committee", on_delete=models.PROTECT, related_name="consents")
    dialogue = models.OneToOneField("med.Dialogue", on_delete=models.PROTECT, related_name="consent")
    arises_from = models.ForeignKey(
        "med.Dialogue", null=True, blank=True, on_delete=models.PROTECT, related_name="consents_begun"
    )
    wording = models.TextField()
    task_types = models.JSONField()
    units = models.ManyToManyField("municipalities.Unit", through="ConsentUnit", related_name="+")
    until = models.DateField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    withdrawn_from = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MunicipalityManager["StandingConsent"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_from=None) | ~Q(withdrawn_because=""), name="a_withdrawn_consent_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.committee_id} {self.task_types}"


class ConsentUnit(MunicipalityModel):
    """A workplace, or a unit with all under it, that a standing consent is for."""

    consent = models.ForeignKey(StandingConsent, on_delete=models.PROTECT, related_name="chosen")
    unit = models.ForeignKey("municipalities.Unit", on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["ConsentUnit"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("consent", "unit"), name="a_consent_names_a_unit_once"),)

    def __str__(self) -> str:
        return f"{self.consent_id} {self.unit_id}"


class WheelEntry(MunicipalityModel):
    """A date in the body's year (R62). ``due_on`` is where it belongs in its sequence, wherever it has been moved to.

    ``sequence`` grows with every change, so that calendars follow; ``uid`` never changes. ``held_at``: somebody has said
    that an evaluation was held which nothing here shows.
    """

    class Kind(models.TextChoices):
        """What is to happen on the date."""

        MEETING = "meeting", _("MED meeting")
        EVALUATION = "evaluation", _("Evaluation of the interplay")
        YEARLY_DISCUSSION = "yearly_discussion", _("Yearly discussion")
        FRAMEWORK_REVIEW = "framework_review", _("Review of the framework")
        OTHER = "other", _("Something else")

    committee = models.ForeignKey("med.Committee", on_delete=models.PROTECT, related_name="wheel")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    on = models.DateField()
    due_on = models.DateField()
    time = models.TimeField(null=True, blank=True)
    title = models.CharField(max_length=120, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    planned_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = MunicipalityManager["WheelEntry"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("on", "time", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("committee", "kind", "on"),
                condition=Q(cancelled_at=None) & ~Q(kind="other"),
                name="one_entry_of_a_kind_a_day",
            ),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(title=""), name="something_else_says_what_it_is"),
        )
        indexes = (models.Index(fields=("committee", "on"), name="wheel_by_day"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class CalendarFeed(MunicipalityModel):
    """A secret address that a calendar reads: of one body, or of all in which the person sits.

    Only the hash of the token is kept. One address for each choice: a new one takes the former one's place.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    committee = models.ForeignKey("med.Committee", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = MunicipalityManager["CalendarFeed"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "committee"), condition=Q(committee__isnull=False), name="one_feed_a_body"
            ),
            models.UniqueConstraint(
                fields=("municipality", "user"), condition=Q(committee=None), name="one_feed_of_all_bodies"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.committee_id}"
