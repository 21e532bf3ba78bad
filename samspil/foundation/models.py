# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.db import models

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel


class Submission(models.Model):
    """A form that was sent and led somewhere: a second sending leads there too and does nothing.

    Global, without a municipality: it holds an address of ours and nothing else.
    """

    token = models.UUIDField(unique=True)
    location = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.token)


class Heartbeat(models.Model):
    """When a part that runs in the background last did so. Global: it says nothing about anybody."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at}"


class WaitingFile(MunicipalityModel):
    """A table that somebody has looked at and not yet read in; forgotten after an hour.

    ``kept_by`` is the key of the user: nobody else can go on with the file.
    """

    token = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    kept_by = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField(db_index=True)

    objects = MunicipalityManager["WaitingFile"]()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.kind
