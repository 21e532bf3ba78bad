# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel
from samspil.frameworks.states import State
from samspil.municipalities.models import Sector, Unit


class FrameworkVersionQuerySet(models.QuerySet["FrameworkVersion"]):
    """Versions by state and date."""

    def published(self) -> "FrameworkVersionQuerySet":
        """Return what can be read without login."""
        return self.filter(state=State.PUBLISHED)

    def in_force(self, on: date) -> "FrameworkVersionQuerySet":
        """Return the one version in force on ``on``, newest first; the first of them is it (R1)."""
        return self.published().filter(in_force_from__lte=on).order_by("-in_force_from")


class FrameworkVersion(MunicipalityModel):
    """One version of the common framework. Which is in force follows from the dates (R1)."""

    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=200)
    predecessor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    predecessor_until = models.DateField(_("transition date"), null=True, blank=True)
    source_name = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    content_sha256 = models.CharField(max_length=64, blank=True)

    objects = MunicipalityManager.from_queryset(FrameworkVersionQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("municipality", "number"), name="one_version_per_number"),
            models.UniqueConstraint(
                fields=("municipality",), condition=Q(state=State.DRAFT), name="one_framework_draft_at_a_time"
            ),
            models.UniqueConstraint(
                fields=("municipality", "in_force_from"),
                condition=Q(state=State.PUBLISHED),
                name="one_framework_in_force_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | (Q(in_force_from__isnull=False) & ~Q(content_sha256="")),
                name="published_framework_has_date_and_code",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class Kind(models.TextChoices):
    """What a part of the framework is (R2)."""

    VALUE = "value", _("value")
    COMMITMENT = "commitment", _("what we want")
    DEFINITION = "definition", _("definition")
    PRINCIPLE = "principle", _("common principle")
    GUIDELINE = "guideline", _("guideline")
    PASSAGE = "passage", _("text")


class Audience(models.TextChoices):
    """Whom a guideline is for; empty for all other kinds."""

    LEADER = "leader", _("leaders")
    COMMITTEE = "committee", _("MED bodies")
    EMPLOYEE = "employee", _("employees")
    OTHER = "other", _("others")


class Purpose(models.TextChoices):
    """What the product must find again, whatever the municipality's words for it."""

    SUPPLEMENT = "supplement", _("the effort is a supplement")
    ONLY_VOLUNTEERS = "only_volunteers", _("what only volunteers do")
    WITHOUT_AGREED_FRAME = "without_agreed_frame", _("where no frame is agreed")
    VOLUNTEER_DEFINITION = "volunteer_definition", _("what a volunteer is")


class Element(MunicipalityModel):
    """A part of a framework version. Its ``lineage`` stays the same through versions (R2).

    ``sources`` are the numbers of the paragraphs of the imported document that it came from.
    """

    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="elements")
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    order = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    audience = models.CharField(_("for"), max_length=12, choices=Audience.choices, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    text = models.TextField(_("text"))
    purpose = models.CharField(_("purpose"), max_length=24, choices=Purpose.choices, blank=True)
    standing_question = models.CharField(_("question in every dialogue"), max_length=300, blank=True)
    evaluation_question = models.CharField(_("question in the evaluation"), max_length=300, blank=True)
    sources = models.JSONField(default=list)

    objects = MunicipalityManager["Element"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=("version", "lineage"), name="one_element_per_lineage"),
            models.CheckConstraint(
                condition=(Q(kind=Kind.GUIDELINE) & ~Q(audience="")) | (~Q(kind=Kind.GUIDELINE) & Q(audience="")),
                name="a_guideline_says_whom_it_is_for",
            ),
        )
        indexes = (models.Index(fields=("version", "order"), name="element_by_order"),)

    def __str__(self) -> str:
        return self.text[:60]


class SourceParagraph(MunicipalityModel):
    """A paragraph of the document that was imported, kept word for word; dropped ones say as what."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="source_paragraphs")
    number = models.PositiveIntegerField()
    text = models.TextField()
    dropped_as = models.CharField(max_length=20, blank=True)

    objects = MunicipalityManager["SourceParagraph"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("version", "number"), name="one_paragraph_per_number"),)

    def __str__(self) -> str:
        return self.text[:60]


class FrameworkChange(MunicipalityModel):
    """What became of a lineage, in the publisher's words: of one that was there before, or of a new one.

    ``covers_sha256`` is the control code of the wording that this was said about: where the draft is worded anew
    afterwards, it no longer counts. See ``frameworks.differences``.
    """

    class Fate(models.TextChoices):
        """Removed and succeeded are gone; editorial and substantive have other words; moved has the same ones."""

        REMOVED = "removed", _("removed")
        SUCCEEDED = "succeeded", _("succeeded")
        EDITORIAL = "editorial", _("editorial")
        SUBSTANTIVE = "substantive", _("substantive")
        MOVED = "moved", _("moved")
        ADDED = "added", _("new")

    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="changes")
    lineage = models.UUIDField()
    fate = models.CharField(max_length=12, choices=Fate.choices)
    successors = models.JSONField(default=list, blank=True)
    is_editorial = models.BooleanField(default=False)
    covers_sha256 = models.CharField(max_length=64, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = MunicipalityManager["FrameworkChange"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=("version", "lineage"), name="one_fate_per_lineage"),
            models.CheckConstraint(
                condition=Q(fate__in=("moved", "added")) | ~Q(reason=""), name="a_change_is_explained"
            ),
            models.CheckConstraint(
                condition=Q(is_editorial=False) | Q(fate__in=("succeeded", "added")),
                name="only_what_is_new_or_succeeded_is_editorial_beside_its_fate",
            ),
        )

    def __str__(self) -> str:
        return f"{self.fate} {self.lineage}"

    @property
    def is_substantive(self) -> bool:
        """Whether it means something to those who work under the framework."""
        if self.fate in (self.Fate.SUCCEEDED, self.Fate.ADDED):
            return not self.is_editorial
        return self.fate in (self.Fate.REMOVED, self.Fate.SUBSTANTIVE)


class PolicyQuerySet(models.QuerySet["Policy"]):
    """Policies by date."""

    def valid_on(self, on: date) -> "PolicyQuerySet":
        """Return those that hold on ``on``."""
        return self.filter(valid_from__lte=on).exclude(valid_until__lt=on)


class Policy(MunicipalityModel):
    """A policy that the framework stands beside; which ones hold follows from the dates (R7).

    ``sectors`` has the sectors of a sector policy, and is empty for those that hold for everybody (R8).
    """

    class Level(models.TextChoices):
        """Where it stands on the map: on top, in the sectors, or beside them for all."""

        CITIZENSHIP = "citizenship", _("policy for citizenship")
        SECTOR = "sector", _("sector policy")
        CROSS_CUTTING = "cross_cutting", _("policy for the whole municipality")

    level = models.CharField(_("what kind of policy"), max_length=16, choices=Level.choices)
    title = models.CharField(_("title"), max_length=200)
    sectors = models.JSONField(default=list, blank=True)
    owner_body = models.CharField(_("who approved it"), max_length=120)
    approved_on = models.DateField(_("approved on"))
    link = models.CharField(_("link"), max_length=500, blank=True)
    valid_from = models.DateField(_("holds from"))
    valid_until = models.DateField(_("holds until"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = MunicipalityManager.from_queryset(PolicyQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ("title", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://"),
                name="a_policy_links_to_the_web",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="a_policy_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def sector_names(self) -> list[str]:
        """The names of its sectors, in the order of the list of sectors."""
        return [str(sector.label) for sector in Sector if sector.value in self.sectors]


class WaveQuerySet(models.QuerySet["Wave"]):
    """Waves that stand, and those that have been ended."""

    def standing(self) -> "WaveQuerySet":
        """Return those that have not been ended."""
        return self.filter(ended_on=None)


class Wave(MunicipalityModel):
    """Workplaces that put the framework into practice together, from a start to a deadline (R5).

    Whom it reaches follows from the tree: see ``frameworks.waves``.
    """

    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("start"))
    deadline = models.DateField(_("deadline"))
    ended_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = MunicipalityManager.from_queryset(WaveQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ("starts_on", "deadline", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(deadline__gte=models.F("starts_on")), name="a_wave_starts_before_its_deadline"
            ),
            models.UniqueConstraint(
                fields=("municipality", "name"), condition=Q(ended_on=None), name="one_standing_wave_per_name"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def has_begun(self, on: date) -> bool:
        """Whether its start has come: before it, nothing is asked of anybody."""
        return self.starts_on <= on

    def is_past(self, on: date) -> bool:
        """Whether its deadline has passed; on the last day it has not."""
        return self.deadline < on


class WaveUnit(MunicipalityModel):
    """A branch or a workplace that the secretariat has put in a wave; ``until`` is set when it is taken out."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="chosen")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True, blank=True)

    objects = MunicipalityManager["WaveUnit"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=("unit",), condition=Q(until=None), name="one_standing_wave_per_unit"),
        )

    def __str__(self) -> str:
        return f"{self.wave_id} {self.unit_id}"
