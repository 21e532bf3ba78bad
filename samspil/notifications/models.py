# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.conf import settings
from django.db import models

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel


class Message(MunicipalityModel):
    """A line on somebody's home page, and an e-mail that carries only a link.

    ``key`` says what it is about, so that nobody is told the same thing twice.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    link = models.CharField(max_length=300)
    told_at = models.DateTimeField()
    emailed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = MunicipalityManager["Message"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-told_at",)
        constraints = (models.UniqueConstraint(fields=("recipient", "key"), name="told_once"),)
        indexes = (models.Index(fields=("recipient", "read_at"), name="unread_by_recipient"),)

    def __str__(self) -> str:
        return self.title
