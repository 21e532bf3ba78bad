# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNodeForeignKey
from tree_queries.query import TreeManager, TreeQuerySet

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel, current_municipality_id
from samspil.municipalities.kle import KLE_OF_AGREEMENTS


class Municipality(models.Model):
    """The tenant. Global: it is what the scope is chosen among."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(max_length=60, unique=True)
    contact_label = models.CharField(_("responsible office"), max_length=100, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=30, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    kle_number = models.CharField(_("KLE number of agreements"), max_length=12, default=KLE_OF_AGREEMENTS)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Sector(models.TextChoices):
    """The sectors that have a template; a municipality's other units have none."""

    CARE_HOME = "care_home", _("Care home")
    HOME_CARE = "home_care", _("Home care")
    SCHOOL = "school", _("School")
    DAY_CARE = "day_care", _("Day care for children")
    LIBRARY = "library", _("Library")
    MUSEUM = "museum", _("Museum and cultural heritage")
    SPORTS = "sports", _("Sports and halls")
    NATURE = "nature", _("Nature and parks")
    INTEGRATION = "integration", _("Integration")
    EMERGENCY = "emergency", _("Emergency services")
    SUPPORTED_HOUSING = "supported_housing", _("Supported housing and social psychiatry")
    EVENTS = "events", _("Administration and events")
    OTHER = "other", _("Other")


class UnitManager(MunicipalityManager["Unit"], TreeManager):  # type: ignore[misc]
    """Units of this scope's municipality, with the tree on demand."""

    _with_tree_fields = False

    def get_queryset(self) -> TreeQuerySet:
        """Return the units of this scope's municipality."""
        return TreeQuerySet(self.model, using=self._db).filter(municipality_id=current_municipality_id())


class Unit(MunicipalityModel):
    """A node of the organisation: administration, centre, workplace (R26).

    Closed from ``closed_from`` on; merged into ``succeeded_by`` where there is one. ``data_protection_contact`` is that
    of a self-owning institution, which answers for its data itself.
    """

    parent = TreeNodeForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(_("name"), max_length=120)
    sort_key = models.CharField(max_length=200, editable=False)
    slug = models.SlugField(max_length=80)
    code = models.CharField(max_length=40, blank=True)
    p_number = models.CharField(_("P-number"), max_length=10, blank=True)
    external_id = models.UUIDField(_("UUID in the municipality’s own register"), null=True, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices, default=Sector.OTHER)
    is_workplace = models.BooleanField(default=False)
    is_withheld = models.BooleanField(default=False)
    closed_from = models.DateField(null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    is_self_owning = models.BooleanField(default=False)
    data_protection_contact = models.CharField(max_length=200, blank=True)

    objects = UnitManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ("sort_key",)
        constraints = (
            models.UniqueConstraint(fields=("municipality", "slug"), name="one_unit_per_address"),
            models.UniqueConstraint(
                fields=("municipality", "code"),
                condition=~models.Q(code=""),
                name="one_unit_per_code",
            ),
            models.CheckConstraint(
                condition=models.Q(succeeded_by=None) | models.Q(closed_from__isnull=False),
                name="a_merged_unit_is_closed",
            ),
            models.CheckConstraint(
                condition=models.Q(succeeded_by=None) | ~models.Q(succeeded_by=models.F("id")),
                name="no_unit_succeeds_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(data_protection_contact="") | models.Q(is_self_owning=True),
                name="a_self_owning_unit_has_its_own_contact",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def is_closed(self, on: date) -> bool:
        """Whether the unit is closed on the day; nothing is written when the day comes."""
        return self.closed_from is not None and self.closed_from <= on


class ClosedDay(MunicipalityModel):
    """A day that is no working day here though it is no public holiday (24 December, say)."""

    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=60)

    objects = MunicipalityManager["ClosedDay"]()

    class Meta:
        base_manager_name = "objects"
        ordering = ("day",)
        constraints = (models.UniqueConstraint(fields=("municipality", "day"), name="one_closed_day_per_date"),)

    def __str__(self) -> str:
        return f"{self.day}"


class PublicText(MunicipalityModel):
    """A page of the municipality's own that everybody can read; an empty ``text`` means the product's draft.

    ``statement_url`` is where the statement made in the state's tool lies (accessibility only).
    """

    class Kind(models.TextChoices):
        """Which page it is."""

        ACCESSIBILITY = "accessibility", _("accessibility statement")
        PRIVACY = "privacy", _("privacy and cookies")

    kind = models.CharField(max_length=16, choices=Kind.choices)
    text = models.TextField(blank=True)
    statement_url = models.URLField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = MunicipalityManager["PublicText"]()

    class Meta:
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=("municipality", "kind"), name="one_public_text_per_kind"),
            models.CheckConstraint(
                condition=models.Q(kind="accessibility") | models.Q(statement_url=""),
                name="only_accessibility_has_a_statement_elsewhere",
            ),
        )

    def __str__(self) -> str:
        return self.kind
