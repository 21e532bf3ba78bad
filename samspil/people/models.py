# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from samspil.foundation.prepared import prepared
from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel, current_municipality_id
from samspil.municipalities.models import Unit


class UserManager(BaseUserManager["User"]):
    """Finds people by their e-mail, which is the same whatever its case."""

    def get(self, *args: Any, **kwargs: Any) -> "User":
        """Return one user; by the key alone, which each page asks for, by a question that is prepared."""
        if args or kwargs.keys() != {"pk"} or not isinstance(kwargs["pk"], int):
            return super().get(*args, **kwargs)
        found = _with_key(kwargs["pk"])
        if not found:
            raise self.model.DoesNotExist
        return found[0]

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this e-mail."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who can log in. Global: one e-mail, many capacities, no password needed."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="one_user_per_email"),)
        indexes = (models.Index(fields=("name",), name="user_by_name"),)

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the name, as Django and allauth ask for it."""
        return self.name

    def get_short_name(self) -> str:
        """Return the first name, for a greeting."""
        return self.name.split(" ")[0]


@prepared
def _with_key(pk: int) -> models.QuerySet[User]:
    return User.objects.filter(pk=pk)


class Role(models.TextChoices):
    """The roles; the municipality's own words for them come with its settings."""

    ADMINISTRATOR = "administrator", _("HR/MED secretariat")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("data protection officer")
    LEADER = "leader", _("leader")
    VOLUNTEER_COORDINATOR = "volunteer_coordinator", _("volunteer coordinator")
    EMPLOYEE = "employee", _("employee")
    CERTIFICATE_ORDERER = "certificate_orderer", _("orderer of certificates")
    VOLUNTEER = "volunteer", _("volunteer")
    PARTNER = "partner", _("spokesperson of an association")


STAFF_ROLES = (Role.LEADER, Role.VOLUNTEER_COORDINATOR, Role.EMPLOYEE)
REACHING_ROLES = (Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER, Role.LEADER)


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Role assignments by date."""

    def on(self, day: date) -> "RoleAssignmentQuerySet":
        """Return those that hold on ``day``, both ends included."""
        return self.filter(models.Q(until=None) | models.Q(until__gte=day), from_date__lte=day)


class RoleAssignmentManager(MunicipalityManager["RoleAssignment"]):
    """The roles of this scope's municipality."""

    def get_queryset(self) -> RoleAssignmentQuerySet:
        """Return the roles of this scope's municipality."""
        return RoleAssignmentQuerySet(self.model, using=self._db).filter(municipality_id=current_municipality_id())

    def on(self, day: date) -> RoleAssignmentQuerySet:
        """Return the roles that hold on ``day``."""
        return self.get_queryset().on(day)


class RoleAssignment(MunicipalityModel):
    """A capacity: a user in a role at a unit, from date to date (R14).

    ``employee_number`` and ``username`` are the municipality's own; several assignments have the same
    number when somebody has moved. A stand-in leads like the leader, from date to date (R19).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=80, blank=True)
    from_date = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    employee_number = models.CharField(_("employee number"), max_length=40, blank=True)
    username = models.CharField(_("username"), max_length=80, blank=True)
    is_stand_in = models.BooleanField(_("stand-in"), default=False)

    objects = RoleAssignmentManager()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("from_date")),
                name="role_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(is_stand_in=False) | models.Q(role=Role.LEADER, until__isnull=False),
                name="a_stand_in_leads_until_a_date",
            ),
            models.UniqueConstraint(
                fields=("municipality", "user", "role", "unit"),
                condition=models.Q(until=None),
                name="one_open_role_per_person_and_unit",
            ),
        )
        indexes = (
            models.Index(fields=("user", "from_date"), name="role_by_user"),
            models.Index(fields=("municipality", "unit", "role"), name="role_by_unit"),
            models.Index(
                fields=("municipality", "employee_number"),
                condition=~models.Q(employee_number=""),
                name="role_by_employee_number",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.unit}"
