# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Associations: who they are, what a workplace has agreed with them, and their yearly word."""

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel
from samspil.med.models import Dialogue
from samspil.municipalities.models import Unit
from samspil.volunteering.states import PartnershipState


class PartnerOrganisation(MunicipalityModel):
    """*Forening*: an association that answers for its own volunteers (R34)."""

    name = models.CharField(_("the association's name"), max_length=120)
    cvr_number = models.CharField(
        _("CVR number"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"\A[0-9]{8}\Z", _("A CVR number has eight digits."))],
    )
    reach_them = models.CharField(_("how you reach the association"), max_length=200)
    entered_at = models.DateTimeField()

    objects = MunicipalityManager["PartnerOrganisation"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("municipality", "name"), name="one_association_per_name"),
            models.UniqueConstraint(
                fields=("municipality", "cvr_number"),
                condition=~models.Q(cvr_number=""),
                name="one_association_per_cvr_number",
            ),
        )

    def __str__(self) -> str:
        return self.name


class PartnershipAgreement(MunicipalityModel):
    """*Partnerskabsaftale* between a workplace and an association, discussed with MED before it counts (R27, R34).

    ``tasks`` are the lineages of the tasks that the association takes on, as text. Contacts are functions, never names.
    The text is frozen when it leaves draft; ``heads`` and the yearly confirmations live outside it.
    """

    organisation = models.ForeignKey(PartnerOrganisation, on_delete=models.PROTECT, related_name="partnerships")
    workplace = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    lineage = models.UUIDField(default=uuid.uuid4)
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=PartnershipState.choices, default=PartnershipState.DRAFT)
    purpose = models.TextField(_("what do you want to do together?"), max_length=1000, blank=True)
    tasks = models.JSONField(default=list)
    our_contact = models.CharField(_("who does the association ask at the workplace?"), max_length=120, blank=True)
    their_contact = models.CharField(_("whom do you ask in the association?"), max_length=120, blank=True)
    meetings = models.CharField(_("when do you meet?"), max_length=200, blank=True)
    how_to_stop = models.TextField(_("how does each of you stop?"), max_length=500, blank=True)
    heads = models.PositiveIntegerField(null=True, blank=True)
    dialogue = models.OneToOneField(Dialogue, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    content_sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    in_force_from = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)

    objects = MunicipalityManager["PartnershipAgreement"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("organisation__name", "-number", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("workplace", "organisation"),
                condition=models.Q(state__in=("draft", "in_dialogue")),
                name="one_open_partnership_per_association_and_workplace",
            ),
            models.UniqueConstraint(
                fields=("workplace", "organisation"),
                condition=models.Q(state="in_force"),
                name="one_partnership_in_force_per_association_and_workplace",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("draft", "withdrawn")) | models.Q(dialogue__isnull=False),
                name="a_partnership_rests_on_a_dialogue",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("draft", "in_dialogue", "withdrawn"))
                | models.Q(in_force_from__isnull=False, decided_by__isnull=False),
                name="a_partnership_in_force_says_since_when",
            ),
        )
        indexes = (models.Index(fields=("municipality", "workplace", "state"), name="partnership_by_workplace"),)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.workplace_id} {self.number}"


class PartnershipConfirmation(MunicipalityModel):
    """The association's yearly word that certificates and insurance are as they should be; no certificate is seen."""

    partnership = models.ForeignKey(PartnershipAgreement, on_delete=models.PROTECT, related_name="confirmations")
    confirmed_on = models.DateField()
    confirmed_by = models.CharField(_("who says so, by function"), max_length=120)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MunicipalityManager["PartnershipConfirmation"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("-confirmed_on", "-pk")

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.confirmed_on}"
