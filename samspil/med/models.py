# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel
from samspil.frameworks.models import FrameworkVersion
from samspil.med.body_models import (
    CalendarFeed,
    CommitteeRhythm,
    ConsentUnit,
    FormRule,
    MedSettings,
    StandingConsent,
    WheelEntry,
)
from samspil.med.meeting_models import (
    AgendaItem,
    Attendance,
    Meeting,
    MinutesApproval,
    MinutesNote,
)
from samspil.med.sides import Form, Function, Side
from samspil.med.states import State
from samspil.municipalities.models import Unit

__all__ = [
    "AgendaItem",
    "Attendance",
    "CalendarFeed",
    "Committee",
    "CommitteeRhythm",
    "Confirmation",
    "ConfirmationLink",
    "ConsentUnit",
    "CoveredByCommittee",
    "Dialogue",
    "Form",
    "FormRule",
    "Function",
    "GuidelineStance",
    "HeldFor",
    "MedSettings",
    "Meeting",
    "Membership",
    "MembershipQuerySet",
    "MinutesApproval",
    "MinutesNote",
    "Paper",
    "Participant",
    "Position",
    "Side",
    "StandingAnswer",
    "StandingConsent",
    "WheelEntry",
]


class Committee(MunicipalityModel):
    """A MED body, or a staff meeting with MED status: no members, an elected employee contact."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=80)
    level = models.CharField(_("level"), max_length=60, blank=True)
    is_staff_meeting = models.BooleanField(_("staff meeting with MED status"), default=False)
    keeps_minutes_here = models.BooleanField(default=False)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    units = models.ManyToManyField(Unit, through="CoveredByCommittee", related_name="+")
    created_at = models.DateTimeField()

    # Whether it has any stances; asked along where the body is looked up, so that no page asks in vain.
    has_stances = True

    objects = MunicipalityManager["Committee"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("municipality", "slug"), name="one_body_per_address"),)

    def __str__(self) -> str:
        return self.name


class CoveredByCommittee(MunicipalityModel):
    """A unit that a body covers. A unit has one body of its own at most; else the one above it counts."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="covered")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["CoveredByCommittee"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("unit",), name="one_body_per_unit"),)

    def __str__(self) -> str:
        return f"{self.committee_id} {self.unit_id}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by date."""

    def on(self, day: date) -> "MembershipQuerySet":
        """Return those that hold on ``day``, both ends included."""
        return self.filter(Q(until=None) | Q(until__gte=day), from_date__lte=day)


class Membership(MunicipalityModel):
    """A person in a body, on one side, from date to date."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(_("side"), max_length=12, choices=Side.choices)
    function = models.CharField(_("function"), max_length=24, choices=Function.choices, default=Function.MEMBER)
    from_date = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MunicipalityManager.from_queryset(MembershipQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ("side", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("committee", "user", "function"), condition=Q(until=None), name="one_open_seat_per_function"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("from_date")), name="membership_ends_after_it_begins"
            ),
        )
        indexes = (models.Index(fields=("user", "from_date"), name="membership_by_user"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.function}"


class Dialogue(MunicipalityModel):
    """One matter before one body, from the paper to the conclusion (R43).

    ``current_paper`` is the content that a conclusion counts for; *forelæg igen* puts a new one in.
    ``workplace`` is the one that the matter belongs to, where it belongs to one. ``origin`` is where the matter was first put before a body, when this one goes on with it: whoever
    owns the matter keeps pointing there, and ``queries.latest`` says which dialogue counts.
    """

    class Occasion(models.TextChoices):
        """Why the dialogue is held; decides which forms are allowed."""

        NEW_AGREEMENT = "new_agreement", _("a new agreement")
        CHANGE = "change", _("a change")
        FRAMEWORK = "framework", _("the common framework")

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="dialogues")
    occasion = models.CharField(max_length=16, choices=Occasion.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    framework = models.ForeignKey(FrameworkVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    workplace = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    origin = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued")
    current_paper = models.OneToOneField("Paper", null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    # Recorded at the table; empty until then.
    held_on = models.DateField(_("date"), null=True, blank=True)
    form = models.CharField(_("form"), max_length=16, choices=Form.choices, blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    minutes_reference = models.CharField(_("where the minutes lie"), max_length=300, blank=True)
    management_count = models.PositiveIntegerField(null=True, blank=True)
    employee_count = models.PositiveIntegerField(null=True, blank=True)
    guidelines_discussed = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    relied_upon_at = models.DateTimeField(null=True, blank=True)
    relied_upon_sha256 = models.CharField(max_length=64, blank=True)
    reopened_reason = models.TextField(blank=True)
    deferred_reason = models.TextField(blank=True)
    deferred_until = models.DateField(null=True, blank=True)
    sent_on_reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = MunicipalityManager["Dialogue"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-opened_at",)
        indexes = (models.Index(fields=("committee", "state"), name="dialogue_by_state"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=(State.RECORDED, State.CONCLUDED)) | (Q(held_on__isnull=False) & ~Q(form="")),
                name="a_recorded_dialogue_has_date_and_form",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DEFERRED) | ~Q(deferred_reason=""), name="a_deferred_dialogue_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENT_ON) | ~Q(sent_on_reason=""), name="a_dialogue_sent_on_says_why"
            ),
            models.CheckConstraint(
                condition=Q(occasion="framework", framework__isnull=False)
                | (~Q(occasion="framework") & Q(framework__isnull=True)),
                name="a_framework_dialogue_points_to_its_edition",
            ),
            models.UniqueConstraint(
                fields=("origin",), condition=~Q(state=State.SENT_ON), name="a_matter_lies_before_one_body"
            ),
            models.UniqueConstraint(
                fields=("committee", "framework"),
                condition=~Q(state=State.WITHDRAWN),
                name="one_dialogue_about_an_edition_per_body",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class HeldFor(MunicipalityModel):
    """Another body that met together with the one that holds the dialogue; it is recorded once, for all of them."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="held_for")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["HeldFor"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("dialogue", "committee"), name="a_body_meets_once_in_a_dialogue"),
        )

    def __str__(self) -> str:
        return f"{self.dialogue_id} {self.committee_id}"


class Paper(MunicipalityModel):
    """What the body has before it: frozen, with the control code of the content (R61).

    ``body`` is ``{"presentation": str, "recommendation": str, "attachments": [{"title", "blocks"}],
    "guidelines": [str]}``, made by the owner; ``standing_questions`` is ``[{"lineage": str, "question": str}]``.
    """

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    link = models.CharField(max_length=300)
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    standing_questions = models.JSONField(default=list)
    presented_at = models.DateTimeField()

    objects = MunicipalityManager["Paper"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("dialogue", "number"), name="one_paper_per_number"),)

    def __str__(self) -> str:
        return self.title


class Participant(MunicipalityModel):
    """Who took part, as they were on the day: a name, a function and a side, whatever becomes of them."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="participants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=24, choices=Function.choices, blank=True)
    side = models.CharField(max_length=12, choices=Side.choices)

    objects = MunicipalityManager["Participant"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("side", "id")

    def __str__(self) -> str:
        return self.name


class Position(MunicipalityModel):
    """What a side thought of the content with this control code."""

    class Stand(models.TextChoices):
        """Agreeing takes no words; the other two do."""

        AGREE = "agree", _("agrees")
        AGREE_WITH_REMARKS = "agree_with_remarks", _("agrees, with remarks")
        DISAGREE = "disagree", _("disagrees, because …")

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="positions")
    side = models.CharField(max_length=12, choices=Side.choices)
    stand = models.CharField(max_length=20, choices=Stand.choices)
    words = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)

    objects = MunicipalityManager["Position"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=("dialogue", "side"), name="one_position_per_side"),
            models.CheckConstraint(
                condition=Q(stand="agree") | ~Q(words=""), name="a_remark_or_disagreement_has_words"
            ),
        )

    def __str__(self) -> str:
        return f"{self.side} {self.stand}"


class StandingAnswer(MunicipalityModel):
    """The body's answer to a standing question of the framework (R51)."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="answers")
    lineage = models.UUIDField()
    question = models.CharField(max_length=300)
    answer = models.TextField()

    objects = MunicipalityManager["StandingAnswer"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("dialogue", "lineage"), name="one_answer_per_question"),)

    def __str__(self) -> str:
        return self.question


class Confirmation(MunicipalityModel):
    """The employee side's word that this is what was said (R43), for one control code.

    Asked of everybody who can give it, answered by one. ``token_sha256`` is the hash of a one-time
    link; the link itself is only in the e-mail. What is due, late or silently accepted follows
    from ``due_on``; ``silence_told_at`` only says that people have been told of it.
    """

    class How(models.TextChoices):
        """``minutes``: approved minutes. Where they lie elsewhere, silence for 10 working days counts as a yes."""

        LOGIN = "login", _("logged in")
        LINK = "link", _("by one-time link")
        MINUTES = "minutes", _("approved minutes")

    class Answer(models.TextChoices):
        """``settled``: the secretariat did, with a printed reason."""

        ASKED = "asked", _("asked")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")
        SETTLED = "settled", _("settled by the secretariat")
        VOIDED = "voided", _("no longer counts")

    dialogue = models.ForeignKey(Dialogue, on_delete=models.PROTECT, related_name="confirmations")
    sha256 = models.CharField(max_length=64)
    how = models.CharField(max_length=8, choices=How.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.ASKED)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_name = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    silence_told_at = models.DateTimeField(null=True, blank=True)

    objects = MunicipalityManager["Confirmation"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("dialogue",), condition=~Q(answer="voided"), name="one_confirmation_that_counts"
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=("refused", "settled")) | ~Q(reason=""), name="a_refusal_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.how} {self.answer}"


class ConfirmationLink(MunicipalityModel):
    """A one-time link, sent to one member of the employee side at the address that stands on the body."""

    confirmation = models.ForeignKey(Confirmation, on_delete=models.PROTECT, related_name="links")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = MunicipalityManager["ConfirmationLink"]()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.pk}"


class GuidelineStance(MunicipalityModel):
    """What a body makes of a guideline of the framework at the workplaces it speaks for (R63).

    No row: not discussed yet. ``text_sha256`` is the code of the words that it was about, so that a
    changed guideline shows. A new stance puts an end to the one before, which is kept.
    """

    class Stance(models.TextChoices):
        """Only *in our words* takes words."""

        AS_IT_IS = "as_it_is", _("as it is")
        OWN_WORDS = "own_words", _("in our words")
        NOT_RELEVANT = "not_relevant", _("not relevant here")

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="stances")
    lineage = models.UUIDField()
    text_sha256 = models.CharField(max_length=64)
    stance = models.CharField(max_length=12, choices=Stance.choices)
    words = models.TextField(blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MunicipalityManager["GuidelineStance"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("committee", "lineage"), condition=Q(ended_at=None), name="one_stance_per_guideline_and_body"
            ),
            models.CheckConstraint(condition=Q(stance="own_words") ^ Q(words=""), name="words_of_ones_own_are_written"),
        )

    def __str__(self) -> str:
        return f"{self.lineage} {self.stance}"
