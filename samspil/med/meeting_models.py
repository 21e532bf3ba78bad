# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Agenda and minutes, for a body that wants to have them here. No guard of anything else reads them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel
from samspil.med.sides import Form, Side


class Meeting(MunicipalityModel):
    """A meeting of a body, with its agenda and, afterwards, its minutes.

    Its day follows its date in the year wheel, where it has one, until it is closed. ``sha256`` covers the closed
    minutes, which never change: what is put right later is a ``MinutesNote``.
    """

    committee = models.ForeignKey("med.Committee", on_delete=models.PROTECT, related_name="meetings")
    entry = models.OneToOneField(
        "med.WheelEntry", null=True, blank=True, on_delete=models.PROTECT, related_name="meeting"
    )
    form = models.CharField(max_length=16, choices=Form.choices)
    on = models.DateField()
    time = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True, blank=True)
    agenda_sent_at = models.DateTimeField(null=True, blank=True)
    management_count = models.PositiveIntegerField(null=True, blank=True)
    employee_count = models.PositiveIntegerField(null=True, blank=True)
    guests = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = MunicipalityManager["Meeting"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("committee", "on", "form"), condition=Q(called_off_at=None), name="one_meeting_of_a_form_a_day"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, sha256="") | (Q(closed_at__isnull=False) & ~Q(sha256="")),
                name="closed_minutes_have_a_control_code",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(called_off_at=None), name="no_minutes_of_a_meeting_called_off"
            ),
        )

    def __str__(self) -> str:
        return f"{self.committee_id} {self.on}"


class AgendaItem(MunicipalityModel):
    """A point on the agenda: a matter before the body, or one in somebody's own words.

    What was said of a matter stands in the record of its dialogue and nowhere else; ``as_minuted`` is what the closed
    minutes say of the point, whatever becomes of the dialogue afterwards.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    dialogue = models.ForeignKey(
        "med.Dialogue", null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items"
    )
    conclusion = models.TextField(blank=True)
    as_minuted = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["AgendaItem"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "dialogue"),
                condition=Q(dialogue__isnull=False),
                name="a_matter_stands_once_on_an_agenda",
            ),
            models.CheckConstraint(
                condition=Q(dialogue__isnull=True) ^ Q(title=""), name="a_point_is_a_matter_or_has_a_title"
            ),
            models.CheckConstraint(
                condition=Q(dialogue=None) | Q(conclusion=""), name="a_matter_is_concluded_in_its_own_record"
            ),
        )

    def __str__(self) -> str:
        return self.title or f"{self.dialogue_id}"


class Attendance(MunicipalityModel):
    """Who was at the meeting, in the words of that day: never worked out from who sits in the body later."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=120, blank=True)
    side = models.CharField(max_length=12, choices=Side.choices)

    objects = MunicipalityManager["Attendance"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-side", "id")

    def __str__(self) -> str:
        return self.name


class MinutesApproval(MunicipalityModel):
    """One side's yes to the closed minutes with this control code."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="approvals")
    side = models.CharField(max_length=12, choices=Side.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    approved_at = models.DateTimeField()

    objects = MunicipalityManager["MinutesApproval"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("meeting", "side"), name="a_side_approves_minutes_once"),)

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.side}"


class MinutesNote(MunicipalityModel):
    """A correction of closed minutes: dated, signed, and beside them."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("what is to be put right"))
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)

    objects = MunicipalityManager["MinutesNote"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="a_note_says_something"),)

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.written_at}"
