# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel
from samspil.people.models import Role
from samspil.volunteering.models.engagements import Engagement


class DuePoint(models.TextChoices):
    """By when; only what is due before the first time stops anybody (R39)."""

    BEFORE_START = "before_start", _("Before the first time")
    FIRST_DAY = "first_day", _("On the first day")
    WITHIN_30_DAYS = "within_30_days", _("Within 30 days")


class Level(models.TextChoices):
    """Where the rule comes from."""

    LAW = "law", _("required by law")
    MUST = "must", _("must be done")
    LOCAL = "local", _("decided by the municipality")
    INFORMATION = "information", _("good to know")


class Decider(models.TextChoices):
    """Who says that it is in place."""

    WORKPLACE = "workplace", _("the contact person, the coordinator or the leader")
    LEADER = "leader", _("the leader")
    CERTIFICATE_ORDERER = "certificate_orderer", _("an orderer of certificates")


WHOSE_WORD_COUNTS = {
    Decider.WORKPLACE: (Role.LEADER, Role.VOLUNTEER_COORDINATOR, Role.EMPLOYEE),
    Decider.LEADER: (Role.LEADER,),
    Decider.CERTIFICATE_ORDERER: (Role.CERTIFICATE_ORDERER,),
}

SAID_BY_ONESELF = frozenset({"confidentiality"})
"""What a volunteer says yes to with the volunteer agreement, on the screen too."""


class Certificate(models.TextChoices):
    """Which certificate is asked for. The certificate itself is never kept."""

    CHILD = "child", _("child certificate")
    CRIMINAL_RECORD = "criminal_record", _("criminal record")


class Outcome(models.TextChoices):
    """In place, or not; never why not."""

    IN_PLACE = "in_place", _("in place")
    NOT_IN_PLACE = "not_in_place", _("not in place")


class How(models.TextChoices):
    """How the volunteer said yes, or how it was seen."""

    ALOUD = "aloud", _("told face to face")
    PAPER = "paper", _("on paper")
    SCREEN = "screen", _("on the screen")


class FormalityRule(MunicipalityModel):
    """What must be in place, for whom and by when; the municipality's own, from day to day (both included).

    A change makes a new row of the same ``code``. ``trigger`` holds values by the name of a fact. ``counts_from``: what was
    in place before that day no longer counts, because the words changed in a way that everybody is asked about again.
    ``checked_on`` is empty until somebody of the municipality has looked the law up.
    """

    code = models.SlugField(max_length=60)
    title = models.CharField(_("what must be in place"), max_length=120)
    text = models.TextField(_("what and why"))
    law = models.CharField(_("legal basis"), max_length=200, blank=True)
    source = models.CharField(_("where it can be read"), max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    trigger = models.JSONField(default=dict, blank=True)
    due_point = models.CharField(max_length=16, choices=DuePoint.choices)
    level = models.CharField(max_length=12, choices=Level.choices)
    decided_by = models.CharField(max_length=20, choices=Decider.choices, default=Decider.WORKPLACE)
    certificate = models.CharField(max_length=16, choices=Certificate.choices, blank=True)
    renewal_months = models.PositiveSmallIntegerField(null=True, blank=True)
    anew_after_pause_months = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    counts_from = models.DateField(null=True, blank=True)

    objects = MunicipalityManager["FormalityRule"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("order", "code", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "code", "valid_from"), name="one_wording_of_a_rule_from_a_day"
            ),
            models.UniqueConstraint(
                fields=("municipality", "code"), condition=models.Q(valid_until=None), name="one_open_wording_of_a_rule"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="a_rule_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(certificate="", decided_by__in=(Decider.WORKPLACE, Decider.LEADER))
                | (~models.Q(certificate="") & models.Q(decided_by=Decider.CERTIFICATE_ORDERER)),
                name="certificates_are_decided_by_their_orderers",
            ),
            models.CheckConstraint(
                condition=~models.Q(level=Level.INFORMATION, due_point=DuePoint.BEFORE_START),
                name="what_is_good_to_know_stops_nobody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}"

    @property
    def is_hard_stop(self) -> bool:
        """Whether nobody starts without it."""
        return self.due_point == DuePoint.BEFORE_START

    def holds_on(self, day: date) -> bool:
        """Whether the row is the municipality's rule on the day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class FactAnswer(MunicipalityModel):
    """An answer of whoever looks after the volunteer to what the workplace and the tasks cannot tell."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="fact_answers")
    fact = models.CharField(max_length=30)
    answer = models.BooleanField()
    answered_on = models.DateField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["FactAnswer"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("engagement", "fact"), name="one_answer_to_a_fact"),)

    def __str__(self) -> str:
        return f"{self.engagement_id} {self.fact}"


class Formality(MunicipalityModel):
    """What was noted about one thing of one volunteer: the outcome, the day, by whom. A certificate is in place, or no row.

    ``decided_role`` is the role in which it was noted: a rule that asks for another's word does not count it.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="formalities")
    code = models.SlugField(max_length=60)
    rule = models.ForeignKey(FormalityRule, on_delete=models.PROTECT, related_name="+")
    is_certificate = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    how = models.CharField(max_length=8, choices=How.choices)
    decided_on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_role = models.CharField(max_length=30, choices=Role.choices)

    objects = MunicipalityManager["Formality"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=("engagement", "code"), name="one_outcome_of_a_formality"),
            models.CheckConstraint(
                condition=models.Q(is_certificate=False) | models.Q(outcome=Outcome.IN_PLACE),
                name="no_negative_outcome_of_a_certificate_is_kept",
            ),
        )

    def __str__(self) -> str:
        return f"{self.engagement_id} {self.code} {self.outcome}"


class FormalityDate(MunicipalityModel):
    """The day from which something stops a volunteer who is active already; told before, closed when it is in place.

    ``noticed`` is the last of the notices that was given, in days before.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="formality_dates")
    code = models.SlugField(max_length=60)
    told_on = models.DateField()
    stops_on = models.DateField()
    noticed = models.PositiveSmallIntegerField()
    closed_on = models.DateField(null=True, blank=True)

    objects = MunicipalityManager["FormalityDate"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(
                fields=("engagement", "code"), condition=models.Q(closed_on=None), name="one_open_date_of_a_formality"
            ),
            models.CheckConstraint(
                condition=models.Q(stops_on__gt=models.F("told_on")), name="a_stop_is_told_before_its_day"
            ),
        )
        indexes = (
            models.Index(
                fields=("municipality", "stops_on"), condition=models.Q(closed_on=None), name="formality_date_by_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.engagement_id} {self.code} {self.stops_on}"


class CertificateOrder(MunicipalityModel):
    """A certificate that is to be ordered, or has been. Gone when it is in place, and gone when it is not."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="certificate_orders")
    code = models.SlugField(max_length=60)
    wanted_on = models.DateField()
    ordered_on = models.DateField(null=True, blank=True)
    consent_until = models.DateField(null=True, blank=True)
    consented_on = models.DateField(null=True, blank=True)

    objects = MunicipalityManager["CertificateOrder"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=("engagement", "code"), name="one_order_of_a_certificate"),
            models.CheckConstraint(
                condition=models.Q(ordered_on=None, consent_until=None, consented_on=None)
                | models.Q(ordered_on__isnull=False, consent_until__isnull=False),
                name="an_ordered_certificate_has_a_deadline_for_consent",
            ),
        )
        indexes = (models.Index(fields=("municipality", "ordered_on"), name="certificate_order_by_day"),)

    def __str__(self) -> str:
        return f"{self.engagement_id} {self.code}"


class Reevaluation(MunicipalityModel):
    """One round over all volunteers after a rule changed, or for the day: how far it has come."""

    begun_on = models.DateField()
    begun_at = models.DateTimeField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    last_engagement = models.PositiveBigIntegerField(default=0)
    dated = models.PositiveIntegerField(default=0)
    paused = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = MunicipalityManager["Reevaluation"]()

    class Meta:
        base_manager_name = "objects"
        indexes = (models.Index(fields=("municipality", "begun_on"), name="reevaluation_by_day"),)

    def __str__(self) -> str:
        return f"{self.begun_on} {self.done}/{self.total}"


class InsuranceLine(MunicipalityModel):
    """One line of the municipality's table: what covers volunteers with a type of task. Empty type: all the others."""

    task_type = models.CharField(max_length=60, blank=True)
    sentence = models.CharField(_("what the volunteer reads"), max_length=300)
    changed_at = models.DateTimeField()

    objects = MunicipalityManager["InsuranceLine"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("task_type",)
        constraints = (
            models.UniqueConstraint(fields=("municipality", "task_type"), name="one_insurance_line_per_type_of_task"),
        )

    def __str__(self) -> str:
        return self.task_type
