# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspil.agreements.boundary import Boundary
from samspil.agreements.change_models import Ending, NewActivity, TaskStop  # noqa: F401 - Django looks for them here
from samspil.agreements.comment_models import Comment, CommentRound  # noqa: F401 - Django looks for them here
from samspil.agreements.disposition_models import Disposition  # noqa: F401 - Django looks for it here
from samspil.agreements.file_models import AttachedFile, Filing  # noqa: F401 - Django looks for them here
from samspil.agreements.states import OPEN, State
from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel
from samspil.frameworks.models import FrameworkVersion
from samspil.med.models import Committee, Dialogue, Form
from samspil.med.queries import latest
from samspil.municipalities.models import Unit


class Agreement(MunicipalityModel):
    """The agreement for volunteering of one workplace, through all its versions (R46)."""

    workplace = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = MunicipalityManager["Agreement"]()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return str(self.workplace_id)


class AgreementPerson(MunicipalityModel):
    """Somebody who stands outside the text: no resignation makes a new version (R19, R22)."""

    class Part(models.TextChoices):
        """``leader`` is the one accountable; at most one open row of it."""

        LEADER = "leader", _("leader")
        CONTACT_PERSON = "contact_person", _("contact person")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="people")
    part = models.CharField(max_length=16, choices=Part.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = MunicipalityManager["AgreementPerson"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(
                fields=("agreement",), condition=Q(part="leader", until=None), name="one_accountable_leader"
            ),
            models.UniqueConstraint(
                fields=("agreement", "part", "user"), condition=Q(until=None), name="one_open_part_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.part} {self.user_id}"


class NoVolunteersStatement(MunicipalityModel):
    """The leader's dated word that a workplace has no volunteers; it stands until it is ended (R4).

    Asked again after a year: then the old row ends and a new one begins.
    """

    workplace = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    objects = MunicipalityManager["NoVolunteersStatement"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(
                fields=("workplace",), condition=Q(ended_on=None), name="one_standing_statement_per_workplace"
            ),
        )

    def __str__(self) -> str:
        return f"{self.workplace_id} {self.from_date}"


class Meets(models.TextChoices):
    """How often staff and volunteers meet, where they have agreed on it (R41)."""

    MONTHLY = "monthly", _("every month")
    QUARTERLY = "quarterly", _("every three months")
    HALF_YEARLY = "half_yearly", _("twice a year")


_ANNOUNCED = (
    ~Q(editorial_reason="")
    & Q(dialogue__isnull=True, announced_at__isnull=False, announced_to__isnull=False, objection_due__isnull=False)
    & Q(copied_from__isnull=False, rests_on__isnull=False)
)
"""What an editorial version has in place of a dialogue of its own."""


class AgreementVersion(MunicipalityModel):
    """One version: pinned to a framework version, bound to its content by the control code.

    ``copied_from`` is the version in force that it follows; ``begun_from`` the colleague's that it
    took its first words from (R47). An editorial one was announced to a body instead of discussed, and ``rests_on``
    the version whose dialogue still counts; ``objection_due`` is the last day to object (R53).
    """

    class Basis(models.TextChoices):
        """What gives the agreement its force; § 8 of the MED framework agreement needs both sides' agreement."""

        LEADER = "leader", _("the leader's decision after discussion")
        SECTION_8 = "section_8", _("MED agreement under § 8")

    class Origin(models.TextChoices):
        """Written here, or entered as it was before the common framework (R28)."""

        WRITTEN = "written", _("written here")
        EXISTING = "existing", _("from before the common framework")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.WRITTEN)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    framework = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    begun_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.LEADER)
    dialogue = models.OneToOneField(Dialogue, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    content_sha256 = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    in_force_from = models.DateField(null=True, blank=True)
    in_force_until = models.DateField(null=True, blank=True)
    editorial_reason = models.CharField(max_length=500, blank=True)
    editorial_parts = models.JSONField(default=list, blank=True)
    rests_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    announced_to = models.ForeignKey(Committee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(null=True, blank=True)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    objection_due = models.DateField(null=True, blank=True)
    objected_because = models.CharField(max_length=500, blank=True)
    taken_back_because = models.CharField(max_length=500, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)
    hours_of_leader = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_of_coordinator = models.PositiveSmallIntegerField(null=True, blank=True)
    staff_meets = models.CharField(max_length=12, choices=Meets.choices, blank=True)

    objects = MunicipalityManager["AgreementVersion"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("agreement", "number"), name="one_agreement_version_per_number"),
            models.UniqueConstraint(
                fields=("agreement",), condition=Q(state__in=OPEN), name="one_open_version_per_agreement"
            ),
            models.UniqueConstraint(
                fields=("agreement",), condition=Q(state=State.IN_FORCE), name="one_version_in_force_per_agreement"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.ADOPTED, State.IN_FORCE, State.SUPERSEDED, State.ENDED))
                | (
                    (Q(dialogue__isnull=False) | Q(origin="existing") | _ANNOUNCED)
                    & Q(in_force_from__isnull=False)
                    & ~Q(content_sha256="")
                ),
                name="adopted_rests_on_a_dialogue",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ANNOUNCED) | (_ANNOUNCED & ~Q(content_sha256="")),
                name="announced_with_a_reason_and_time_to_object",
            ),
            models.CheckConstraint(
                condition=~Q(origin="existing")
                | (Q(state__in=(State.IN_FORCE, State.SUPERSEDED, State.ENDED)) & Q(dialogue__isnull=True)),
                name="an_existing_agreement_is_entered_whole",
            ),
        )
        indexes = (models.Index(fields=("municipality", "state"), name="agreement_version_by_state"),)

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.number} {self.state}"

    @property
    def discussion(self) -> Dialogue | None:
        """The dialogue that counts: where the text was put before a body, or the one it was sent on to from there."""
        return latest(self.dialogue) if self.dialogue is not None else None

    @property
    def counting_discussion(self) -> Dialogue | None:
        """The dialogue that the agreement rests on as it stands: an earlier version's, where this one is editorial."""
        return self.rests_on.discussion if self.is_editorial and self.rests_on is not None else self.discussion

    @property
    def change_from(self) -> date | None:
        """The first day that an announced change can hold, if nobody objects; None for all that is not announced."""
        if self.state != State.ANNOUNCED or self.objection_due is None:
            return None
        return self.objection_due + timedelta(days=1)

    @property
    def is_editorial(self) -> bool:
        """Whether it was announced as editorial instead of being discussed itself (R53)."""
        return self.announced_at is not None


class ExistingAgreement(MunicipalityModel):
    """What is known of an agreement from before the framework: its discussion, its file, when to look at it again."""

    version = models.OneToOneField(AgreementVersion, on_delete=models.PROTECT, related_name="existing")
    discussed_on = models.DateField()
    form = models.CharField(max_length=16, choices=Form.choices)
    minutes_reference = models.CharField(max_length=300)
    review_on = models.DateField()
    entered_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    file_type = models.CharField(max_length=100, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file = models.BinaryField(default=bytes)

    objects = MunicipalityManager["ExistingAgreement"]()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.version_id} {self.discussed_on}"


class ExistingAgreementsWindow(MunicipalityModel):
    """The days in which existing agreements can be entered; it closes by itself. The newest row counts."""

    opens = models.DateField()
    closes = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["ExistingAgreementsWindow"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.CheckConstraint(condition=Q(closes__gte=models.F("opens")), name="a_window_closes_after_it_opens"),
        )

    def __str__(self) -> str:
        return f"{self.opens} {self.closes}"


class Section(MunicipalityModel):
    """One text of the page; ``sections.py`` says which kinds there are and which are needed when.

    ``origin_text`` is the template's or the colleague's words it began with, so that what is
    still theirs can be marked for MED (R47).
    """

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="sections")
    kind = models.CharField(max_length=32)
    text = models.TextField(blank=True)
    origin_text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["Section"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("version", "kind"), name="one_text_per_section"),)

    def __str__(self) -> str:
        return self.kind


class PlaceType(models.TextChoices):
    """Where a task can be done (R25)."""

    WORKPLACE = "workplace", _("at the workplace")
    CITIZENS_HOME = "citizens_home", _("in the citizen's home")
    OUTDOORS = "outdoors", _("outdoors")
    EVENT = "event", _("at an event elsewhere")


class Place(MunicipalityModel):
    """Where it takes place besides the workplace itself, which needs no row (R25)."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="places")
    type = models.CharField(max_length=16, choices=PlaceType.choices)
    words = models.CharField(max_length=200, blank=True)

    objects = MunicipalityManager["Place"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("type",)
        constraints = (
            models.UniqueConstraint(fields=("version", "type"), name="one_place_per_type"),
            models.CheckConstraint(
                condition=~Q(type=PlaceType.WORKPLACE), name="the_workplace_itself_is_no_added_place"
            ),
        )

    def __str__(self) -> str:
        return self.type


class Involvement(MunicipalityModel):
    """Somebody else who was heard on a day, outside the control code (R55); taken out it is shown no more."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="involvements")
    heard_on = models.DateField()
    words = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_out_at = models.DateTimeField(null=True, blank=True)

    objects = MunicipalityManager["Involvement"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("heard_on", "id")

    def __str__(self) -> str:
        return f"{self.heard_on} {self.words[:60]}"


class LocalPrinciple(MunicipalityModel):
    """A principle of the workplace's own; builds on a common one and says how (R45)."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="local_principles")
    lineage = models.UUIDField(default=uuid.uuid4)
    builds_on = models.UUIDField()
    text = models.TextField()
    how = models.TextField()

    objects = MunicipalityManager["LocalPrinciple"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("version", "lineage"), name="one_local_principle_per_lineage"),)

    def __str__(self) -> str:
        return self.text[:60]


class CoveredUnit(MunicipalityModel):
    """A further place under the same leader that the agreement holds for, with what is special there (R26)."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="covered")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("what is special here"), max_length=300, blank=True)

    objects = MunicipalityManager["CoveredUnit"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("unit__sort_key", "unit_id")
        constraints = (models.UniqueConstraint(fields=("version", "unit"), name="a_place_is_covered_once"),)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.version_id}"


class Task(MunicipalityModel):
    """A task for volunteers, with its boundary and the answers that put it there (R15).

    ``responsibility`` is empty where the derived one stands (R40).
    """

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="tasks")
    lineage = models.UUIDField(default=uuid.uuid4)
    order = models.PositiveIntegerField(default=0)
    catalogue_code = models.CharField(max_length=60, blank=True)
    type = models.CharField(max_length=60, blank=True)
    title = models.CharField(_("task"), max_length=120)
    not_part = models.CharField(_("not part of the task"), max_length=300)
    added_value = models.CharField(_("what it adds"), max_length=300)
    boundary = models.CharField(max_length=12, choices=Boundary.choices)
    boundary_answers = models.JSONField()
    when_and_where = models.CharField(_("when and where"), max_length=200, blank=True)
    responsibility = models.CharField(_("who does what"), max_length=300, blank=True)

    objects = MunicipalityManager["Task"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=("version", "lineage"), name="one_task_per_lineage"),
            models.UniqueConstraint(
                fields=("version", "catalogue_code"), condition=~Q(catalogue_code=""), name="a_catalogue_task_once"
            ),
            models.CheckConstraint(condition=~Q(boundary=Boundary.CORE), name="core_is_never_offered_to_volunteers"),
        )

    def __str__(self) -> str:
        return self.title


class BoundaryDecision(MunicipalityModel):
    """The accountable leader's answer to a doubt, in or after the dialogue, outside the control code (R16)."""

    class Outcome(models.TextChoices):
        """Confirm or strike, nothing else."""

        CONFIRM = "confirm", _("it is a supplement")
        STRIKE = "strike", _("it is struck")

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="boundary_decisions")
    task_lineage = models.UUIDField()
    task_sha256 = models.CharField(max_length=64)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(_("because"), max_length=500)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=160)

    objects = MunicipalityManager["BoundaryDecision"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=("version", "task_lineage", "task_sha256"), name="a_doubt_is_decided_once"),
        )

    def __str__(self) -> str:
        return f"{self.outcome} {self.task_lineage}"


class InForce(MunicipalityModel):
    """Which version is in force at a unit; written by ``put_in_force`` alone. One for each covered unit."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["InForce"]()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.unit_id} {self.version_id}"
