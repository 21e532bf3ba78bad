# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel
from samspil.municipalities.models import Unit
from samspil.volunteering.states import ApplicationState


class Volunteer(MunicipalityModel):
    """A person who helps without pay (R17). Only this row holds who it is; all else points here, so it can be forgotten.

    ``under_18_until`` is the first day of the month in which the person turns 18; no date of birth is kept.
    ``forget_on`` is set when the last engagement ends. ``user`` is for those who want a page of their own.
    """

    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    wishes = models.TextField(_("what I would like to do"), blank=True)
    under_18_until = models.DateField(_("under 18 until"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    forget_on = models.DateField(null=True, blank=True)

    objects = MunicipalityManager["Volunteer"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "user"),
                condition=models.Q(user__isnull=False),
                name="one_volunteer_per_user_and_municipality",
            ),
        )
        indexes = (
            models.Index(fields=("municipality", "name"), name="volunteer_by_name"),
            models.Index(fields=("municipality", "forget_on"), name="volunteer_by_forget_on"),
        )

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        """Return the first name, for a friendly sentence."""
        return self.name.split(" ")[0]


class Application(MunicipalityModel):
    """*Jeg vil gerne være frivillig*: three fields in somebody's own words, without login (R17).

    ``engagement`` is set when it was said yes to; ``answer`` is what was written back.
    """

    workplace = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.WAITING)
    name = models.CharField(_("name"), max_length=120)
    reach_me = models.CharField(_("how we reach you"), max_length=200)
    words = models.TextField(_("what you would like to do"), max_length=1000)
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField(blank=True)
    engagement = models.OneToOneField(
        "volunteering.Engagement", null=True, blank=True, on_delete=models.PROTECT, related_name="application"
    )

    objects = MunicipalityManager["Application"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state=ApplicationState.WAITING) | models.Q(answered_at__isnull=False),
                name="an_answered_application_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ApplicationState.ADMITTED) | models.Q(engagement__isnull=False),
                name="an_admitted_application_became_an_engagement",
            ),
        )
        indexes = (models.Index(fields=("municipality", "state", "received_at"), name="application_by_age"),)

    def __str__(self) -> str:
        return f"{self.workplace_id} {self.received_at:%Y-%m-%d}"
