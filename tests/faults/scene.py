# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How far the main job has come at Solbakken when a form is sent: one stage for each form to stand on."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from samspil.agreements import actions as agreements
from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.models import AgreementPerson, AgreementVersion, Involvement, Task
from samspil.config.cast import Cast
from samspil.config.story import discuss, publish_model_framework, set_up_body, write_draft
from samspil.foundation.capacity import Capacity, system_capacity
from samspil.frameworks import actions as frameworks
from samspil.frameworks.models import Element, SourceParagraph
from samspil.frameworks.queries import principles
from samspil.med import actions as med
from samspil.med.body_models import CalendarFeed
from samspil.med.models import Committee, Dialogue, Form, Position, Side
from samspil.med.papers import Record, Said, whole_sha256
from samspil.med.queries import members
from samspil.municipalities.actions import (
    add_closed_day,
    close_unit,
    create_unit,
    edit_public_text,
    switch_mail,
    withhold_unit,
)
from samspil.notifications.actions import note_outcome, tell
from samspil.notifications.kinds import Kind
from samspil.notifications.models import Delivery, Message
from samspil.people.models import User
from tests.colleagues import engparken_in_force

DOCUMENT = """\
# Ramme for frivillige

## Værdier

- Åbenhed

## Fælles principper

- Frivillige kommer med noget ekstra, og de ansatte har ansvaret.
- Vi siger til, når noget er svært. Vi husker at sige tak.
"""


@dataclass
class Scene:
    """Where things are: what a page's address needs, by name."""

    cast: Cast
    on: date
    at: datetime
    body: Committee | None = None
    version: AgreementVersion | None = None
    at_hand: dict[str, Any] = field(default_factory=dict)

    @property
    def dialogue(self) -> Dialogue:
        """The dialogue about the version."""
        found = Dialogue.objects.order_by("-pk").first()
        assert found is not None
        return found

    def yesterday(self, capacity: Capacity) -> Capacity:
        """Return the capacity as it was the day before."""
        return replace(capacity, on=self.on - timedelta(days=1))


def published(scene: Scene) -> Scene:
    """Have a framework in force, a body, and nothing more."""
    cast, before = scene.cast, scene.on - timedelta(days=1)
    publish_model_framework(administrator=scene.yesterday(cast.hanne), on=before, at=scene.at - timedelta(days=1))
    scene.body = set_up_body(
        name="LokalMED Solbakken",
        units=[cast.solbakken],
        leader=cast.lene,
        deputy=cast.tove,
        safety=cast.arne,
        administrator=cast.hanne,
        on=before,
        at=scene.at - timedelta(days=1),
    )
    scene.at_hand["closed"] = add_closed_day(
        day=date(scene.on.year, 12, 24), name="Juleaften", actor=cast.hanne, at=scene.at
    )
    return scene


def with_a_date(scene: Scene) -> Scene:
    """Have a body with one date in its year."""
    if scene.body is None:
        published(scene)
    scene.at_hand["entry"] = med.add_entry(
        committee=scene.body,
        kind="meeting",
        day=scene.on + timedelta(days=90),
        actor=scene.cast.lene,
        on=scene.on,
        at=scene.at,
    )
    return scene


def with_past_evaluation(scene: Scene) -> Scene:
    """Have an evaluation in the body's year whose day was yesterday."""
    with_a_date(scene)
    entry = scene.at_hand["entry"]
    entry.kind, entry.on = "evaluation", scene.on - timedelta(days=1)
    entry.save()
    return scene


def with_consent(scene: Scene) -> Scene:
    """Have a standing consent before the body."""
    if scene.body is None:
        published(scene)
    facts = med.ConsentFacts(wording="Lederen må sige ja til nye ture.", task_types=("Ture",))
    scene.at_hand["consent"] = med.propose_consent(
        committee=scene.body, facts=facts, actor=scene.cast.lene, on=scene.on, at=scene.at
    )
    return scene


def with_calendar(scene: Scene) -> Scene:
    """Have an address for Tove's own calendar."""
    if scene.body is None:
        published(scene)
    scene.at_hand["calendar_token"] = med.make_feed(committee=scene.body, actor=scene.cast.tove, at=scene.at)
    scene.at_hand["feed"] = CalendarFeed.objects.latest("pk")
    return scene


def drafted(scene: Scene) -> Scene:
    """Have a draft with a task of the workplace's own that there is doubt about, and a principle of its own."""
    cast, at = scene.cast, scene.at
    published(scene)
    scene.version = write_draft(
        workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=scene.on, at=at
    )
    answers = dict.fromkeys(QUESTION_NAMES, False) | {"must_be_done": True}
    own = agreements.OwnTask("Reparere cykler", "Gangtræning", "Der er en, der har tid", answers)
    scene.at_hand["task"] = agreements.add_task(version=scene.version, task=own, actor=cast.lene, at=at)
    first = principles(scene.version.framework)[0]
    scene.at_hand["principle"] = agreements.add_local_principle(
        version=scene.version, builds_on=first.lineage, text="Vi hilser.", how="Ved døren.", actor=cast.lene, at=at
    )
    return scene


def with_colleague(scene: Scene) -> Scene:
    """Have a colleague's agreement in force to begin from."""
    published(scene)
    scene.at_hand["colleague"] = engparken_in_force(scene.cast, scene.on, scene.at)
    return scene


def given_up(scene: Scene) -> Scene:
    """Have a draft that was given up."""
    drafted(scene)
    assert scene.version is not None
    agreements.withdraw(version=scene.version, reason="Ikke nu.", actor=scene.cast.lene, at=scene.at)
    return scene


def heard(scene: Scene) -> Scene:
    """Have it noted that somebody else was heard."""
    heard_at(drafted(scene))
    return scene


def heard_at(scene: Scene) -> Involvement:
    """Note that somebody else was heard about the version."""
    assert scene.version is not None
    return agreements.add_involvement(
        agreement=scene.version.agreement,
        heard_on=scene.on,
        words="Pårørenderådet",
        actor=scene.cast.lene,
        on=scene.on,
        at=scene.at,
    )


def asked(scene: Scene) -> Scene:
    """Have the colleagues asked for comments, and a comment of Mia's."""
    drafted(scene)
    cast, on, at = scene.cast, scene.on, scene.at
    agreements.open_comment_round(
        version=scene.version, last_day=on + timedelta(days=7), words="", actor=cast.lene, on=on, at=at
    )
    scene.at_hand["comment"] = agreements.add_comment(
        version=scene.version, clause="", text="Godt udkast.", actor=cast.mia, on=on, at=at
    )
    return scene


def at_the_table(scene: Scene) -> Scene:
    """Have it before the body, the colleagues heard."""
    asked(scene)
    scene.version = agreements.send_to_dialogue(version=scene.version, actor=scene.cast.lene, on=scene.on, at=scene.at)
    scene.at_hand["message"] = Message.objects.filter(recipient_id=scene.cast.tove.user_id).latest("pk")
    return scene


def put_off(scene: Scene) -> Scene:
    """Have the body put it off."""
    at_the_table(scene)
    med.defer(
        dialogue=scene.dialogue, reason="AMR er syg.", until=None, actor=scene.cast.tove, at=scene.at, on=scene.on
    )
    return scene


def below_another(scene: Scene) -> Scene:
    """Have it before a body that another one stands above."""
    at_the_table(scene)
    med.create_committee(name="OmrådeMED", units=[scene.cast.elderly], actor=scene.cast.hanne, at=scene.at)
    return scene


def with_file(scene: Scene) -> Scene:
    """Have it before the body, with a file beside the text."""
    at_the_table(scene)
    assert scene.version is not None
    file = agreements.SentFile("Vagtplan.txt", b"Tirsdag")
    scene.at_hand["file"] = agreements.attach_file(version=scene.version, file=file, actor=scene.cast.lene, at=scene.at)
    return scene


def recorded(scene: Scene) -> Scene:
    """Have it discussed and written down; the employee side is asked."""
    return _written_down(at_the_table(scene))


def recorded_with_file(scene: Scene) -> Scene:
    """Have the same of an agreement that has a file beside it."""
    return _written_down(with_file(scene))


def _written_down(scene: Scene) -> Scene:
    dialogue = scene.dialogue
    record = Record(
        held_on=scene.on,
        form=Form.MEETING,
        positions={Side.MANAGEMENT: Said(Position.Stand.AGREE), Side.EMPLOYEES: Said(Position.Stand.AGREE)},
        participants=tuple(seat.pk for seat in members(dialogue.committee, scene.on)),
        conclusion="Drøftet.",
        minutes_reference="Punkt 4",
    )
    paper = dialogue.papers.latest("number")
    sha256 = whole_sha256(paper.sha256, paper.body)
    med.record(
        dialogue=dialogue, record=record, expected_sha256=sha256, actor=scene.cast.lene, at=scene.at, on=scene.on
    )
    confirmation = scene.dialogue.confirmations.latest("pk")
    system = system_capacity(municipality_id=scene.cast.municipality.pk, on=scene.on, name="test")
    seat = members(dialogue.committee, scene.on).get(user_id=scene.cast.tove.user_id)
    scene.at_hand["token"] = med.issue_link(confirmation=confirmation, membership=seat, actor=system, at=scene.at)
    return scene


def refused(scene: Scene) -> Scene:
    """Have the employee side say that the record is not right."""
    recorded(scene)
    med.refuse_confirmation(
        dialogue=scene.dialogue, reason="Det var ikke sådan.", actor=scene.cast.tove, at=scene.at, on=scene.on
    )
    return scene


def confirmed(scene: Scene) -> Scene:
    """Have it confirmed, and the doubt decided: the leader can adopt."""
    recorded(scene)
    med.confirm(dialogue=scene.dialogue, actor=scene.cast.tove, at=scene.at, on=scene.on)
    assert scene.version is not None
    for task in Task.objects.filter(version=scene.version, boundary="doubt"):
        agreements.decide_boundary(task=task, outcome="confirm", reason="Aftalt.", actor=scene.cast.lene, at=scene.at)
    return scene


def adopted(scene: Scene) -> Scene:
    """Have it decided yesterday, to begin today."""
    published(scene)
    before, at = scene.on - timedelta(days=1), scene.at - timedelta(hours=20)
    lene, tove = scene.yesterday(scene.cast.lene), scene.yesterday(scene.cast.tove)
    draft = write_draft(workplace=scene.cast.solbakken, leader=lene, contact=scene.cast.mia, tasks=2, on=before, at=at)
    version = agreements.send_to_dialogue(version=draft, actor=lene, on=before, at=at)
    discuss(dialogue=scene.dialogue, leader=lene, employee=tove, on=before, at=at)
    scene.version = agreements.adopt(version=version, in_force_from=scene.on, actor=lene, on=before, at=at)
    return scene


def in_force(scene: Scene) -> Scene:
    """Have it in force."""
    adopted(scene)
    scene.version = agreements.put_in_force(version=scene.version, actor=scene.cast.lene, on=scene.on, at=scene.at)
    return scene


def left(scene: Scene) -> Scene:
    """Have it in force, and nobody who answers for it."""
    in_force(scene)
    part = AgreementPerson.Part.LEADER
    AgreementPerson.objects.filter(part=part).update(until=scene.on - timedelta(days=1))
    return scene


def stood_in_for(scene: Scene) -> Scene:
    """Have somebody stand in for the leader."""
    return stand_in_named(in_force(scene))


def stand_in_named(scene: Scene) -> Scene:
    """Have a stand-in, wherever the main job has come to."""
    cast = scene.cast
    scene.at_hand["stand_in"] = agreements.name_stand_in(
        workplace=cast.solbakken,
        user=User.objects.get(pk=cast.mia.person),
        from_date=scene.on,
        until=scene.on + timedelta(days=30),
        actor=cast.lene,
        on=scene.on,
        at=scene.at,
    )
    return scene


def without(scene: Scene) -> Scene:
    """Have the leader's word that there are no volunteers."""
    published(scene)
    agreements.state_no_volunteers(workplace=scene.cast.solbakken, actor=scene.cast.lene, on=scene.on, at=scene.at)
    return scene


def window_open(scene: Scene) -> Scene:
    """Have the days set in which existing agreements can be entered."""
    published(scene)
    agreements.set_existing_window(
        opens=scene.on, closes=scene.on + timedelta(days=30), actor=scene.cast.hanne, on=scene.on, at=scene.at
    )
    return scene


def withheld(scene: Scene) -> Scene:
    """Have the workplace taken off the open pages."""
    withhold_unit(unit=scene.cast.solbakken, is_withheld=True, actor=scene.cast.hanne, at=scene.at)
    return scene


def with_own_words(scene: Scene) -> Scene:
    """Have the municipality's own words on privacy."""
    edit_public_text(kind="privacy", text="Vores ord", expected_revision=0, actor=scene.cast.hanne, at=scene.at)
    return scene


def closed(scene: Scene) -> Scene:
    """Have a workplace closed."""
    close_unit(
        unit=scene.cast.nordre_skole, closed_from=scene.on, succeeded_by=None, actor=scene.cast.hanne, at=scene.at
    )
    return scene


def with_a_site(scene: Scene) -> Scene:
    """Have a draft, and a further place under the workplace that it may cover."""
    drafted(scene)
    scene.at_hand["site"] = create_unit(
        name="Villaen",
        parent=scene.cast.solbakken,
        sector="care_home",
        is_workplace=True,
        actor=scene.cast.hanne,
        at=scene.at,
    )
    return scene


def mail_off(scene: Scene) -> Scene:
    """Have e-mail about messages switched off."""
    switch_mail(municipality=scene.cast.municipality, is_on=False, actor=scene.cast.hanne, at=scene.at)
    return scene


def mail_refused(scene: Scene) -> Scene:
    """Have one e-mail that the receiver's mail server refused."""
    tell(people=[scene.cast.tove.person], key="k", kind=Kind.MED, title="Nyt", link="/", at=scene.at)
    delivery = scene.at_hand["delivery"] = Delivery.objects.latest("pk")
    note_outcome(delivery=delivery, outcome=Delivery.Outcome.REFUSED, at=scene.at)
    return scene


def nothing(scene: Scene) -> Scene:
    """Have nobody begun with anything."""
    return scene


def imported(scene: Scene) -> Scene:
    """Have an imported document as the draft of the framework, one paragraph not placed."""
    hanne, at = scene.cast.hanne, scene.at
    draft = frameworks.import_framework(content=DOCUMENT.encode(), filename="ramme.md", actor=hanne, at=at)
    gone = Element.objects.filter(version=draft).order_by("order").last()
    number = gone.sources[0]
    frameworks.remove_element(element=gone, expected_revision=draft.revision, actor=hanne, at=at)
    scene.at_hand["element"] = Element.objects.filter(version=draft, kind="principle").first()
    scene.at_hand["paragraph"] = SourceParagraph.objects.get(version=draft, number=number)
    return scene


def copied(scene: Scene) -> Scene:
    """Have the next edition of the framework begun as a copy, one part of it taken out."""
    published(scene)
    latest = frameworks_latest()
    draft = frameworks.copy_version(version=latest, actor=scene.cast.hanne, at=scene.at)
    gone = Element.objects.filter(version=draft, kind="value").first()
    scene.at_hand["gone"] = gone.lineage
    frameworks.remove_element(element=gone, expected_revision=draft.revision, actor=scene.cast.hanne, at=scene.at)
    return scene


def explained(scene: Scene) -> Scene:
    """Have the next edition with everything explained, so that it can be published."""
    copied(scene)
    draft = frameworks_draft()
    frameworks.explain_the_rest(
        version=draft, reason="Forældet.", expected_revision=draft.revision, actor=scene.cast.hanne, at=scene.at
    )
    return scene


def reworded(scene: Scene) -> Scene:
    """Have the next edition begun as a copy, one part of it in other words."""
    published(scene)
    draft = frameworks.copy_version(version=frameworks_latest(), actor=scene.cast.hanne, at=scene.at)
    element = Element.objects.filter(version=draft, kind="value").first()
    wording = frameworks.Wording(kind=element.kind, title=element.title, text="Noget helt andet.")
    given = {"expected_revision": draft.revision, "actor": scene.cast.hanne, "at": scene.at}
    frameworks.edit_element(element=element, wording=wording, **given)
    scene.at_hand["reworded"] = element.lineage
    return scene


def imported_anew(scene: Scene) -> Scene:
    """Have the framework in force imported once more: the same words in new parts."""
    published(scene)
    frameworks.use_model_framework(actor=scene.cast.hanne, at=scene.at)
    return scene


def with_policy(scene: Scene) -> Scene:
    """Have one policy for a sector."""
    facts = frameworks.PolicyFacts(
        level="sector",
        title="Ældrepolitik",
        owner_body="Byrådet",
        approved_on=scene.on,
        valid_from=scene.on,
        link="https://eksempelby.example/politik",
        sectors=("care_home",),
    )
    scene.at_hand["policy"] = frameworks.add_policy(facts=facts, actor=scene.cast.hanne, at=scene.at, on=scene.on)
    return scene


def with_wave(scene: Scene) -> Scene:
    """Have one wave that has begun, with one workplace in it."""
    hanne, at, on = scene.cast.hanne, scene.at, scene.on
    last = on + timedelta(days=60)
    wave = frameworks.add_wave(name="Første bølge", starts_on=on, deadline=last, actor=hanne, at=at, on=on)
    frameworks.choose_wave_units(
        wave=wave, add=[scene.cast.solbakken], remove=[], expected_revision=1, actor=hanne, at=at, on=on
    )
    scene.at_hand["wave"] = wave
    return scene


def frameworks_latest() -> Any:
    """Return the newest published edition."""
    from samspil.frameworks.queries import latest_published

    return latest_published()


def frameworks_draft() -> Any:
    """Return the draft of the next edition."""
    from samspil.frameworks.queries import draft

    return draft()


Stage = Callable[[Scene], Scene]
