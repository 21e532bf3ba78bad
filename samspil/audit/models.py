# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import uuid

from django.conf import settings
from django.db import models

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel


class Event(MunicipalityModel):
    """One thing that somebody did. Append only: a trigger refuses UPDATE and DELETE.

    ``mac`` is keyed over the whole row and the row before, with a key outside the
    database. Employees in office stand by name and title as they were; volunteers and
    applicants by pseudonym only. No free text and no personal values.
    """

    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    name = models.CharField(max_length=80)
    capacity = models.JSONField()
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    changes = models.JSONField(default=dict)
    prev = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    objects = MunicipalityManager["Event"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("sequence",)
        constraints = (models.UniqueConstraint(fields=("municipality", "sequence"), name="one_event_per_number"),)
        indexes = (
            models.Index(fields=("municipality", "subject_type", "subject_id", "sequence"), name="event_by_subject"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.name}"


class ChainHead(MunicipalityModel):
    """The last event of a municipality; its row is the lock of the chain."""

    sequence = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, default="")

    objects = MunicipalityManager["ChainHead"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("municipality",), name="one_chain_per_municipality"),)

    def __str__(self) -> str:
        return f"{self.sequence}"


class Pseudonym(MunicipalityModel):
    """Who a pseudonym in the audit is. The row can be deleted; the events stay true without it."""

    token = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=40)

    objects = MunicipalityManager["Pseudonym"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=("municipality", "kind", "key"), name="one_pseudonym_per_person"),
        )

    def __str__(self) -> str:
        return str(self.token)


class ReadEvent(MunicipalityModel):
    """Somebody looked at what is kept about a volunteer: who, in which role, when, on which page.

    For security and for the volunteer, never for counting employees' work. Outside the chain, because it is deleted again.
    """

    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=80)
    unit = models.CharField(max_length=120)
    page = models.CharField(max_length=40)
    at = models.DateTimeField()

    objects = MunicipalityManager["ReadEvent"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-at",)
        indexes = (
            models.Index(fields=("municipality", "subject_type", "subject_id", "-at"), name="read_by_subject"),
            models.Index(fields=("municipality", "at"), name="read_by_age"),
        )

    def __str__(self) -> str:
        return f"{self.page} {self.at}"
