# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Files beside a version's text, and where it lies in the archive: outside its control code."""

from django.conf import settings
from django.db import models

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel


class AttachedFile(MunicipalityModel):
    """A file that the leader puts beside the text for MED: outside its control code, named in the paper (R61)."""

    version = models.ForeignKey("agreements.AgreementVersion", on_delete=models.PROTECT, related_name="attached_files")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["AttachedFile"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("version", "name"), name="one_attached_file_per_name"),)

    def __str__(self) -> str:
        return self.name


class Filing(MunicipalityModel):
    """Where and when a version was filed in the municipality's own archive; can be corrected."""

    version = models.OneToOneField("agreements.AgreementVersion", on_delete=models.PROTECT, related_name="filing")
    case_number = models.CharField(max_length=60, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["Filing"]()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.version_id} {self.case_number}"
