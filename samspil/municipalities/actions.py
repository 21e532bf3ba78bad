# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Writes about the municipality and its units."""

from collections.abc import Container, Sequence
from datetime import date, datetime
from itertools import chain, count
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation import tenancy
from samspil.foundation.capacity import Capacity, system_capacity
from samspil.foundation.errors import Conflict, Refusal, StaleRevisionError
from samspil.foundation.importing import Plan, settle
from samspil.foundation.tables import Table
from samspil.foundation.text import sort_key
from samspil.municipalities.importing import NewUnit, plan, units_here
from samspil.municipalities.kle import is_kle_number
from samspil.municipalities.models import ClosedDay, Municipality, PublicText, Sector, Unit
from samspil.municipalities.permissions import EDIT_JOURNAL, EDIT_PUBLIC_TEXTS, EDIT_UNITS, IMPORT_UNITS, RUN_MAIL
from samspil.municipalities.public_texts import draft_of
from samspil.municipalities.queries import closing_in_words, still_open, units_below
from samspil.notifications import actions as notifications
from samspil.notifications.models import Delivery

_BATCH = 500
_IMPORTED = (
    *("name", "sort_key", "code", "parent", "p_number", "sector", "is_workplace", "external_id"),
    *("is_self_owning", "data_protection_contact"),
)
_RESERVED = {"ny", "samlet"}
_TRANSLITERATED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa"})


def address_of(name: str) -> str:
    """Return the name as part of an address: å becomes aa."""
    return slugify(name.translate(_TRANSLITERATED))[:70]


def _free_slug(name: str) -> str:
    wanted = address_of(name) or "enhed"
    return _free(wanted, set(Unit.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)))


def _free(wanted: str, taken: Container[str]) -> str:
    numbered = chain((wanted,), (f"{wanted}-{number}" for number in count(2)))
    return next(slug for slug in numbered if slug not in taken and slug not in _RESERVED)


@transaction.atomic
def create_municipality(
    *,
    name: str,
    slug: str,
    at: datetime,
    contact_email: str = "",
    contact_phone: str = "",
    contact_label: str = "HR/MED-sekretariatet",
) -> Municipality:
    """Create a tenant with its top unit. Raises ``Refusal`` where the address is taken."""
    if Municipality.objects.filter(slug=slug).exists():
        raise Refusal(_("There is already a municipality at the address “%(slug)s”. Choose another.") % {"slug": slug})
    municipality = Municipality.objects.create(
        name=name,
        slug=slug,
        contact_label=contact_label,
        contact_email=contact_email,
        contact_phone=contact_phone,
        created_at=at,
    )
    with tenancy.scope(municipality.pk):
        actor = system_capacity(municipality_id=municipality.pk, on=at.date(), name="samspil create-municipality")
        create_unit(name=name, parent=None, sector=Sector.OTHER, is_workplace=False, actor=actor, at=at)
    return municipality


@transaction.atomic
def create_unit(
    *,
    name: str,
    parent: Unit | None,
    sector: str,
    is_workplace: bool,
    actor: Capacity,
    at: datetime,
    code: str = "",
    is_self_owning: bool = False,
    data_protection_contact: str = "",
) -> Unit:
    """Put a unit into the tree under ``parent``; only the first unit has none."""
    if parent is None and Unit.objects.exists():
        raise Refusal(_("Choose which unit the new one stands under."))
    _refuse_under_closed(parent, actor)
    unit = Unit.objects.create(
        name=name,
        sort_key=sort_key(name),
        slug=_free_slug(name),
        parent=parent,
        sector=sector,
        is_workplace=is_workplace,
        code=code,
        is_self_owning=is_self_owning,
        data_protection_contact=data_protection_contact if is_self_owning else "",
    )
    audit.record(name="municipalities.unit.create", subject=unit, actor=actor, at=at, changes={"sector": sector})
    return unit


def _refuse_under_closed(parent: Unit | None, actor: Capacity) -> None:
    """Refuse to put anything under a unit that is closed or going to be."""
    if parent is not None and parent.closed_from is not None:
        raise Refusal(_("%(why)s Choose another place.") % {"why": closing_in_words(parent, actor.on)})


@transaction.atomic
def edit_unit(
    *,
    unit: Unit,
    name: str,
    parent: Unit | None,
    sector: str,
    is_workplace: bool,
    actor: Capacity,
    at: datetime,
    is_self_owning: bool | None = None,
    data_protection_contact: str = "",
) -> Unit:
    """Change name, place in the tree, sector and kind; the address stays, so links and posters go on working.

    The top unit stays on top, and no unit can be put under itself or what stands under it. A closed unit stays as
    it was. ``is_self_owning`` None leaves alone who answers for the data.
    """
    unit = Unit.objects.select_for_update(of=("self",)).select_related("succeeded_by").get(pk=unit.pk)
    if unit.is_closed(actor.on):
        raise Refusal(_("%(why)s Open it again first.") % {"why": closing_in_words(unit, actor.on)})
    if parent is not None and parent.pk != unit.parent_id:
        _refuse_under_closed(parent, actor)
    if (parent is None) != (unit.parent_id is None):
        raise Refusal(_("The top unit stays on top, and every other unit stands under one."))
    if parent is not None and units_below(unit.pk).filter(pk=parent.pk).exists():
        raise Refusal(_("A unit cannot stand under itself. Choose another place for it."))
    changes = {"sector": sector, "workplace": is_workplace}
    if parent is not None and parent.pk != unit.parent_id:
        changes["parent"] = parent.slug
    unit.name, unit.sort_key, unit.sector, unit.is_workplace = name, sort_key(name), sector, is_workplace
    unit.parent = parent
    if is_self_owning is not None:
        unit.is_self_owning = changes["self_owning"] = is_self_owning
        unit.data_protection_contact = data_protection_contact if is_self_owning else ""
    unit.save(
        update_fields=[
            "name",
            "sort_key",
            "sector",
            "is_workplace",
            "parent",
            "is_self_owning",
            "data_protection_contact",
        ]
    )
    audit.record(name="municipalities.unit.edit", subject=unit, actor=actor, at=at, changes=changes)
    return unit


@transaction.atomic
def withhold_unit(*, unit: Unit, is_withheld: bool, actor: Capacity, at: datetime) -> Unit:
    """Take a unit with a secret address off the open pages, or put it back; what it has agreed is not changed."""
    EDIT_UNITS.require(actor, unit)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.is_withheld == is_withheld:
        raise Refusal(_("It is so already. Reload the page to see how things stand."))
    unit.is_withheld = is_withheld
    unit.save(update_fields=["is_withheld"])
    audit.record(
        name="municipalities.unit.withhold", subject=unit, actor=actor, at=at, changes={"is_withheld": is_withheld}
    )
    return unit


@transaction.atomic
def close_unit(*, unit: Unit, closed_from: date, succeeded_by: Unit | None, actor: Capacity, at: datetime) -> Unit:
    """Close a unit from a day on, or merge it into ``succeeded_by``; everything it has agreed stays readable (R26).

    Raises ``Refusal`` for the top unit, while something open stands under it, and where the successor closes too.
    """
    EDIT_UNITS.require(actor, unit)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.parent_id is None:
        raise Refusal(_("The top unit is the municipality itself. It cannot be closed."))
    if unit.closed_from is not None:
        raise Refusal(_("%(why)s Open it again first.") % {"why": closing_in_words(unit, actor.on)})
    below = Unit.objects.filter(still_open(closed_from), parent=unit).order_by("sort_key")[:6]
    if below:
        names = ", ".join(one.name for one in below)
        raise Refusal(_("Something stands under it: %(names)s. Move or close that first.") % {"names": names})
    if succeeded_by is not None:
        succeeded_by = Unit.objects.select_for_update().get(pk=succeeded_by.pk)
        _refuse_as_successor(unit, succeeded_by, actor)
    unit.closed_from, unit.succeeded_by = closed_from, succeeded_by
    unit.save(update_fields=["closed_from", "succeeded_by"])
    changes = {"closed_from": closed_from.isoformat(), "succeeded_by": succeeded_by.slug if succeeded_by else ""}
    audit.record(name="municipalities.unit.close", subject=unit, actor=actor, at=at, changes=changes)
    return unit


def _refuse_as_successor(unit: Unit, successor: Unit, actor: Capacity) -> None:
    if successor.pk == unit.pk:
        raise Refusal(_("A unit cannot become a part of itself. Choose another one."))
    if successor.closed_from is not None:
        raise Refusal(_("%(why)s Choose another one.") % {"why": closing_in_words(successor, actor.on)})
    if unit.is_workplace and not successor.is_workplace:
        raise Refusal(_("%(name)s is no workplace. Choose the workplace itself.") % {"name": successor.name})


@transaction.atomic
def reopen_unit(*, unit: Unit, actor: Capacity, at: datetime) -> Unit:
    """Take the closing back; refused where what it stands under is closed."""
    EDIT_UNITS.require(actor, unit)
    unit = Unit.objects.select_for_update(of=("self",)).select_related("parent__succeeded_by").get(pk=unit.pk)
    if unit.closed_from is None:
        raise Refusal(_("It is so already. Reload the page to see how things stand."))
    parent = unit.parent
    if parent is not None and parent.closed_from is not None:
        raise Refusal(_("%(why)s Open that one first.") % {"why": closing_in_words(parent, actor.on)})
    unit.closed_from = unit.succeeded_by = None
    unit.save(update_fields=["closed_from", "succeeded_by"])
    audit.record(name="municipalities.unit.reopen", subject=unit, actor=actor, at=at)
    return unit


@transaction.atomic
def import_units(*, table: Table, actor: Capacity, at: datetime, expected: str = "") -> Plan:
    """Read units in, all or nothing; ``expected`` is the fingerprint of the plan that somebody saw.

    Units that are not in the table stay as they are. Raises ``PlanRefusedError``.
    """
    IMPORT_UNITS.require(actor)
    municipality = Municipality.objects.select_for_update().get(pk=actor.municipality_id)
    here = units_here()
    found = plan(table, here, actor.on)
    settle(found, expected)
    if found.does_nothing:
        return found
    try:
        with transaction.atomic():
            _write_units(found.writes, {unit.pk: unit for unit in here})
    except IntegrityError as error:
        raise Refusal(_("Somebody has just entered one of these units. Choose the file again.")) from error
    audit.record(
        name="municipalities.units.import",
        subject=municipality,
        actor=actor,
        at=at,
        changes={**found.counts, "file": table.sha256},
    )
    return found


def _write_units(writes: Sequence[Any], here: dict[int, Unit]) -> None:
    """Make the new ones under the top first, then put all in their places: a parent may stand further down."""
    top = next(unit for unit in here.values() if unit.parent_id is None)
    taken = {unit.slug for unit in here.values()}
    made: dict[str, Unit] = {}
    for new in (write for write in writes if isinstance(write, NewUnit)):
        slug = _free(address_of(new.name) or "enhed", taken)
        taken.add(slug)
        made[new.code] = Unit(
            name=new.name,
            sort_key=sort_key(new.name),
            slug=slug,
            parent=top,
            code=new.code,
            p_number=new.p_number,
            sector=new.sector,
            is_workplace=new.is_workplace,
            external_id=new.external_id,
            is_self_owning=new.is_self_owning,
        )
    Unit.objects.bulk_create(made.values(), batch_size=_BATCH)
    moved = []
    for write in writes:
        fields = {"parent": write.parent} if isinstance(write, NewUnit) else dict(write.fields)
        unit = made[write.code] if isinstance(write, NewUnit) else here[write.unit_id]
        for key, value in fields.items():
            if key == "parent":
                unit.parent_id = made[value].pk if isinstance(value, str) else value
            else:
                setattr(unit, key, value)
        unit.sort_key = sort_key(unit.name)
        moved.append(unit)
    Unit.objects.bulk_update(moved, _IMPORTED, batch_size=_BATCH)


@transaction.atomic
def set_units(*, units: Sequence[Unit], sector: str, is_workplace: bool | None, actor: Capacity, at: datetime) -> int:
    """Give many units a sector, or say that they are workplaces or not; empty and None leave that alone."""
    EDIT_UNITS.require(actor)
    fields: dict[str, Any] = {"sector": sector} if sector else {}
    if is_workplace is not None:
        fields["is_workplace"] = is_workplace
    if not fields:
        raise Refusal(_("Choose a sector, or say whether they are workplaces."))
    if not units:
        raise Refusal(_("Tick at least one unit."))
    municipality = Municipality.objects.get(pk=actor.municipality_id)
    count = Unit.objects.filter(still_open(actor.on), pk__in=[unit.pk for unit in units]).update(**fields)
    audit.record(
        name="municipalities.units.set",
        subject=municipality,
        actor=actor,
        at=at,
        changes={**fields, "units": sorted(unit.pk for unit in units)},
    )
    return count


@transaction.atomic
def set_contact(
    *,
    municipality: Municipality,
    contact_label: str,
    contact_phone: str,
    contact_email: str,
    actor: Capacity,
    at: datetime,
) -> Municipality:
    """Say who answers for the framework; shown in header and footer of every page."""
    municipality.contact_label = contact_label
    municipality.contact_phone = contact_phone
    municipality.contact_email = contact_email
    municipality.save(update_fields=["contact_label", "contact_phone", "contact_email"])
    audit.record(name="municipalities.municipality.set_contact", subject=municipality, actor=actor, at=at)
    return municipality


@transaction.atomic
def set_kle_number(*, municipality: Municipality, kle_number: str, actor: Capacity, at: datetime) -> Municipality:
    """Say under which KLE number agreements are filed; packages that are fetched from now on carry it."""
    EDIT_JOURNAL.require(actor)
    if not is_kle_number(kle_number):
        raise Refusal(_("Write a KLE number such as 81.50.05, perhaps with a facet: 81.50.05-P19."))
    municipality = Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    municipality.kle_number = kle_number
    municipality.save(update_fields=["kle_number"])
    audit.record(
        name="municipalities.municipality.set_kle_number",
        subject=municipality,
        actor=actor,
        at=at,
        changes={"kle_number": kle_number},
    )
    return municipality


@transaction.atomic
def add_closed_day(*, day: date, name: str, actor: Capacity, at: datetime) -> ClosedDay:
    """Add a day that is no working day here."""
    closed, is_new = ClosedDay.objects.get_or_create(day=day, defaults={"name": name})
    if is_new:
        audit.record(
            name="municipalities.closed_day.add", subject=closed, actor=actor, at=at, changes={"day": day.isoformat()}
        )
    return closed


@transaction.atomic
def remove_closed_day(*, closed: ClosedDay, actor: Capacity, at: datetime) -> None:
    """Make the day a working day again."""
    audit.record(
        name="municipalities.closed_day.remove",
        subject=closed,
        actor=actor,
        at=at,
        changes={"day": closed.day.isoformat()},
    )
    closed.delete()


@transaction.atomic
def edit_public_text(
    *, kind: str, text: str, expected_revision: int, actor: Capacity, at: datetime, statement_url: str = ""
) -> PublicText:
    """Save the municipality's own words, or with an empty ``text`` let the product's draft stand again.

    Raises ``StaleRevisionError`` with both texts where somebody else has written since.
    """
    EDIT_PUBLIC_TEXTS.require(actor)
    municipality = Municipality.objects.select_for_update(no_key=True).get(pk=actor.municipality_id)
    own = PublicText.objects.select_for_update().filter(kind=kind).first() or PublicText(kind=kind)
    if own.revision != expected_revision:
        theirs = own.text or draft_of(kind, municipality)
        raise StaleRevisionError(
            _("Somebody else has written here in the meantime."),
            [Conflict("text", _("The text"), text, theirs, own.revision)],
        )
    own.text, own.statement_url, own.changed_at = text, statement_url, at
    own.revision += 1
    own.save()
    audit.record(
        name="municipalities.public_text.edit",
        subject=own,
        actor=actor,
        at=at,
        changes={"kind": str(kind), "revision": own.revision, "is_draft": not text},
    )
    return own


@transaction.atomic
def switch_mail(*, municipality: Municipality, is_on: bool, actor: Capacity, at: datetime) -> None:
    """Send e-mail about messages from now on, or no more; nobody is ever mailed about what was told while it was off."""
    RUN_MAIL.require(actor)
    has_changed = notifications.switch_mail_on(at=at) if is_on else notifications.switch_mail_off(at=at)
    if has_changed:
        audit.record(
            name="municipalities.municipality.switch_mail",
            subject=municipality,
            actor=actor,
            at=at,
            changes={"is_on": is_on},
        )


@transaction.atomic
def try_mail_again(*, delivery: Delivery, actor: Capacity, at: datetime) -> None:
    """Try once more to send an e-mail that did not get there."""
    RUN_MAIL.require(actor)
    notifications.try_again(delivery=delivery, at=at)
    audit.record(name="municipalities.mail.try_again", subject=delivery, actor=actor, at=at)
