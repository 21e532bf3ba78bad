# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who may see an agreement, and who may do what to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.agreements.file_models import AttachedFile
from samspil.agreements.leading import answering, is_standing_in
from samspil.agreements.models import Agreement, AgreementVersion
from samspil.agreements.queries import accountable_leader, versions_of
from samspil.agreements.states import State
from samspil.foundation.capacity import Capacity
from samspil.foundation.memory import once_a_page, tell
from samspil.foundation.permission import Permission
from samspil.med.permissions import visible_committees, visible_dialogues
from samspil.med.queries import employee_side
from samspil.municipalities.models import Unit
from samspil.people.models import STAFF_ROLES, Role
from samspil.people.queries import reaches, units_reached

_READERS = {
    Role.ADMINISTRATOR,
    Role.DATA_PROTECTION_OFFICER,
    Role.LEADER,
    Role.EMPLOYEE,
    Role.VOLUNTEER_COORDINATOR,
}


def visible_workplaces(capacity: Capacity) -> models.QuerySet[Unit]:
    """Return the workplaces whose agreement the capacity may look into, drafts included."""
    if capacity.role not in _READERS:
        return Unit.objects.none()
    return Unit.objects.filter(pk__in=units_reached(capacity).values("pk"), is_workplace=True)


def visible_agreements(capacity: Capacity) -> models.QuerySet[Agreement]:
    """Return the agreements of the visible workplaces."""
    return Agreement.objects.filter(workplace__in=visible_workplaces(capacity))


def visible_versions(capacity: Capacity) -> models.QuerySet[AgreementVersion]:
    """Return their versions: all states for staff, what no longer counts too."""
    return AgreementVersion.objects.filter(agreement__in=visible_agreements(capacity))


def visible_attached_files(capacity: Capacity) -> models.QuerySet[AttachedFile]:
    """Return the files of the visible versions, and of those that a body the capacity sees has before it."""
    before_the_body = models.Q(version__dialogue__in=visible_dialogues(capacity)) & ~models.Q(
        version__state=State.DRAFT
    )
    return AttachedFile.objects.filter(models.Q(version__in=visible_versions(capacity)) | before_the_body)


def sees_the_attached_file(capacity: Capacity, file: AttachedFile) -> bool:
    """Whether the file may be fetched."""
    return visible_attached_files(capacity).filter(pk=file.pk).exists()


def sees_the_workplace(capacity: Capacity, workplace: Unit) -> bool:
    """Whether the workplace's agreement may be looked into."""
    return capacity.role in _READERS and workplace.is_workplace and reaches(capacity, workplace.pk)


def leads_the_workplace(capacity: Capacity, workplace: Unit) -> bool:
    """Whether the capacity is that of the workplace's own leader or the stand-in; leaders above read only."""
    is_its_leader = capacity.role == Role.LEADER and capacity.unit_id == workplace.pk
    if capacity.is_stand_in and not is_standing_in(capacity, workplace):
        return False
    return is_its_leader and sees_the_workplace(capacity, workplace)


def is_the_accountable_leader(capacity: Capacity, workplace: Unit) -> bool:
    """Whether the capacity is that of the one leader who answers for the agreement today, or of the stand-in (R19)."""
    if capacity.is_stand_in:
        return is_standing_in(capacity, workplace) and sees_the_workplace(capacity, workplace)
    if capacity.role != Role.LEADER:
        return False
    versions = versions_of(workplace.pk) if sees_the_workplace(capacity, workplace) else ()
    leader = accountable_leader(versions[0].agreement, capacity.on) if versions else None
    return leader is not None and leader.pk == capacity.user_id


def visible_announced(capacity: Capacity) -> models.QuerySet[AgreementVersion]:
    """Return what was announced at the visible workplaces, or to a body that the capacity sees, whatever came of it."""
    announced = AgreementVersion.objects.filter(announced_to__isnull=False)
    return announced.filter(
        models.Q(agreement__in=visible_agreements(capacity)) | models.Q(announced_to__in=visible_committees(capacity))
    )


def sees_the_announced(capacity: Capacity, version: AgreementVersion) -> bool:
    """Whether the announced change may be read."""
    return _sees_announced_number(capacity, version.pk)


@once_a_page
def _sees_announced_number(capacity: Capacity, version_id: int) -> bool:
    return visible_announced(capacity).filter(pk=version_id).exists()


def note_seen(capacity: Capacity, version: AgreementVersion) -> None:
    """Note that the version was found among the announced ones that the capacity sees."""
    tell(_sees_announced_number, True, capacity, version.pk)


def objects_to_the_change(capacity: Capacity, version: AgreementVersion) -> bool:
    """Whether the capacity is that of the employee side of the body that the change was announced to (R53)."""
    body = version.announced_to
    if (
        body is None
        or version.state != State.ANNOUNCED
        or capacity.role not in STAFF_ROLES
        or not sees_the_announced(capacity, version)
    ):
        return False
    return any(seat.user_id == capacity.user_id for seat in employee_side(body, capacity.on))


def takes_over(capacity: Capacity, workplace: Unit) -> bool:
    """Whether the capacity is that of the workplace's own leader; a stand-in never becomes the accountable one."""
    return leads_the_workplace(capacity, workplace) and not capacity.is_stand_in


def names_the_stand_in(capacity: Capacity, workplace: Unit) -> bool:
    """Whether the capacity is that of the secretariat, a leader above, or the leader who would be stood in for."""
    if capacity.is_stand_in or capacity.role not in {Role.ADMINISTRATOR, Role.LEADER}:
        return False
    if capacity.role == Role.LEADER and capacity.unit_id == workplace.pk:
        return sees_the_workplace(capacity, workplace) and answering(workplace.pk, capacity.on) == capacity.user_id
    return sees_the_workplace(capacity, workplace)


def reminds_workplaces(capacity: Capacity, _subject: object) -> bool:
    """Whether the capacity is that of the secretariat, which looks after all workplaces."""
    return capacity.role == Role.ADMINISTRATOR


def enters_existing(capacity: Capacity, workplace: Unit) -> bool:
    """Whether the capacity is that of the workplace's leader, or of the secretariat (R28)."""
    if capacity.role == Role.ADMINISTRATOR:
        return sees_the_workplace(capacity, workplace)
    return leads_the_workplace(capacity, workplace)


def comments_are_visible(capacity: Capacity, workplace: Unit) -> bool:
    """Whether colleagues' comments may be read: by the workplace's own staff, its leader included, and nobody above."""
    return capacity.role in STAFF_ROLES and capacity.unit_id == workplace.pk and workplace.is_workplace


def comments_on_drafts(capacity: Capacity, workplace: Unit) -> bool:
    """Whether the capacity is that of an employee of the workplace; its leader answers instead (R55)."""
    return capacity.role != Role.LEADER and comments_are_visible(capacity, workplace)


READ = Permission("agreements.read", sees_the_workplace, _("people who work here"))
EDIT = Permission("agreements.edit", leads_the_workplace, _("the leader of the workplace"))
DECIDE = Permission(
    "agreements.decide", is_the_accountable_leader, _("the leader who answers for the agreement, or the stand-in")
)
TAKE_OVER = Permission("agreements.take_over", takes_over, _("the leader of the workplace"))
NAME_STAND_IN = Permission(
    "agreements.name_stand_in",
    names_the_stand_in,
    _("the leader who answers for the agreement, the leaders above and the HR/MED secretariat"),
)
READ_ANNOUNCED = Permission(
    "agreements.read_announced", sees_the_announced, _("people who work here, and the body that it is announced to")
)
OBJECT = Permission("agreements.object", objects_to_the_change, _("the employee side of the body"))
COMMENT = Permission("agreements.comment", comments_on_drafts, _("the employees of the workplace"))
ENTER_EXISTING = Permission(
    "agreements.enter_existing", enters_existing, _("the leader of the workplace, and the HR/MED secretariat")
)
READ_ATTACHED = Permission(
    "agreements.read_attached", sees_the_attached_file, _("people who work here, and the body that discusses it")
)
FILE = Permission("agreements.file", enters_existing, _("the leader of the workplace, and the HR/MED secretariat"))
OPEN_WINDOW = Permission("agreements.open_window", reminds_workplaces, _("the HR/MED secretariat"))
REMIND = Permission("agreements.remind", reminds_workplaces, _("the HR/MED secretariat"))

OPEN_STATES = (State.IN_FORCE, State.SUPERSEDED, State.ENDED)
"""What anybody may read without logging in."""

PRINTED = (State.ADOPTED, *OPEN_STATES)
"""What there is a PDF of, and what is filed: decided, in force, superseded."""
