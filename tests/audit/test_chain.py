# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import json
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from samspil.audit.actions import record
from samspil.audit.models import ChainHead, Event, Pseudonym
from samspil.audit.queries import breaks, events_about, events_of, head
from samspil.foundation import tenancy
from tests.cast import outside_scope


@contextmanager
def by_hand():
    """Step past the trigger, as somebody with the database in their hands would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only")
            yield cursor
            cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield cursor
        for _, statement in triggers:
            cursor.execute(statement)


@pytest.fixture
def owner(database_is):
    """Only the owner of the tables can step past the trigger; on PostgreSQL the tests are not the owner."""
    if database_is == "postgresql":
        pytest.skip("the role of the web server cannot do this on PostgreSQL")


def _found():
    return [(one.sequence, one.reason) for one in breaks()]


def _last():
    return head().sequence


def test_a_whole_chain_has_no_breaks(cast):
    assert _last() > 10
    assert _found() == []


def test_each_event_follows_the_one_before(cast, at):
    first = record(name="test.thing.do", subject=cast.top, actor=cast.hanne, at=at, changes={"a": 1})
    second = record(name="test.thing.do", subject=cast.top, actor=cast.hanne, at=at)
    assert (second.sequence, second.prev) == (first.sequence + 1, first.mac)
    assert (head().sequence, head().mac) == (second.sequence, second.mac)


def test_an_event_that_is_not_kept_leaves_the_chain_as_it_was(cast, at):
    before = head()
    with transaction.atomic():
        record(name="test.thing.do", subject=cast.top, actor=cast.hanne, at=at)
        transaction.set_rollback(True)
    assert head() == before
    assert _found() == []


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET name = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_or_remove_an_event(cast, statement):
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_models_are_refused_too(cast):
    event = Event.objects.first()
    assert event is not None
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        event.delete()
    event.name = "x"
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        event.save()


@pytest.mark.parametrize(
    "change", ["name = 'x'", "capacity = '{}'", "changes = '{\"a\": 1}'", "at = '2020-01-01'", "subject_id = '99'"]
)
def test_a_changed_event_is_found(cast, owner, change):
    with by_hand() as cursor:
        cursor.execute(f"UPDATE audit_event SET {change} WHERE sequence = 3")
    assert _found() == [(3, "changed")]


def test_a_removed_event_is_found(cast, owner):
    with by_hand() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE sequence = 4")
    assert _found() == [(4, "missing"), (5, "not chained")]


def test_an_event_put_in_without_the_key_is_found(cast, at, settings):
    settings.AUDIT_KEY = "somebody else's"
    number = record(name="test.thing.do", subject=cast.top, actor=cast.hanne, at=at).sequence
    settings.AUDIT_KEY = "not-secret-demo-only"
    assert _found() == [(number, "changed")]


def test_events_in_another_order_are_found(cast, owner):
    with by_hand() as cursor:
        for one, other in ((3, 1000), (4, 3), (1000, 4)):
            cursor.execute("UPDATE audit_event SET sequence = %s WHERE sequence = %s", [other, one])
    assert (3, "changed") in _found()


def test_a_cut_tail_is_found_by_the_head(cast, owner):
    last = _last()
    with by_hand() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE sequence > %s", [last - 2])
    assert _found() == [(last - 1, "cut")]


def test_a_tail_cut_together_with_its_head_is_found_by_the_export(cast, owner, tmp_path, capsys):
    exported = tmp_path / "heads.json"
    call_command("verify_audit", export=exported)
    last = _last()
    with by_hand() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE sequence = %s", [last])
    before = Event.objects.get(sequence=last - 1)
    ChainHead.objects.update(sequence=before.sequence, mac=before.mac)

    call_command("verify_audit")
    with pytest.raises(CommandError, match="Hændelsesloggen er ikke hel"):
        call_command("verify_audit", head=exported)
    assert f"hændelse {last} er ikke den, der blev eksporteret" in capsys.readouterr().out


def test_the_command_checks_every_municipality_and_exports_their_heads(cast, other_municipality, tmp_path, capsys):
    exported = tmp_path / "heads.json"
    with outside_scope():
        call_command("verify_audit", export=exported)
        call_command("verify_audit", head=exported)
    content = json.loads(exported.read_text())
    assert sorted(content) == ["anderby", "eksempelby"]
    assert content["eksempelby"] == {"sequence": _last(), "mac": head().mac}
    assert "Anderby Kommune: hel" in capsys.readouterr().out


def test_more_events_after_an_export_are_no_break(cast, at, tmp_path):
    exported = tmp_path / "heads.json"
    call_command("verify_audit", export=exported)
    record(name="test.thing.do", subject=cast.top, actor=cast.hanne, at=at)
    call_command("verify_audit", head=exported)


def test_the_command_can_look_at_one_municipality(cast, other_municipality, owner, capsys):
    with by_hand() as cursor:
        cursor.execute(
            "UPDATE audit_event SET name = 'x' WHERE sequence = 2 AND municipality_id = %s",
            [other_municipality.municipality.pk],
        )
    call_command("verify_audit", municipality="eksempelby")
    with pytest.raises(CommandError):
        call_command("verify_audit")
    said = capsys.readouterr().out
    assert "Anderby Kommune: hændelse 2 er ændret eller sat ind uden nøglen." in said


def test_a_municipality_gone_from_the_database_is_told(cast, tmp_path, capsys):
    exported = tmp_path / "heads.json"
    exported.write_text('{"borteby": {"sequence": 1, "mac": "x"}}')
    with pytest.raises(CommandError):
        call_command("verify_audit", head=exported)
    assert "borteby: står i eksporten" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "[]", '{"eksempelby": 3}', '{"eksempelby": {"sequence": "x"}}', "\x00"])
def test_a_file_that_is_no_export_is_refused_in_a_sentence(cast, tmp_path, content):
    exported = tmp_path / "heads.json"
    exported.write_text(content)
    with pytest.raises(CommandError, match="kan læses"):
        call_command("verify_audit", head=exported)


def test_an_unknown_municipality_is_refused_in_a_sentence(db):
    with pytest.raises(CommandError, match="Der er ingen kommune"):
        call_command("verify_audit", municipality="nowhere")


@pytest.mark.requirement("R14.capacity")
def test_staff_stand_by_name_as_they_were_and_volunteers_by_pseudonym(cast, at):
    lene = record(name="test.thing.do", subject=cast.top, actor=cast.lene, at=at)
    frida = record(name="test.thing.do", subject=cast.top, actor=cast.frida, at=at)
    assert lene.capacity["person"] == "Lene Holm"
    assert lene.capacity["title"] == "plejecenterleder"
    assert frida.capacity == {
        "pseudonym": str(Pseudonym.objects.get(key=str(cast.frida.user_id)).token),
        "role": "volunteer",
        "unit": "Plejecenter Solbakken",
    }


def test_the_chain_holds_when_a_pseudonym_is_deleted(cast, at):
    record(name="test.thing.do", subject=cast.top, actor=cast.frida, at=at)
    Pseudonym.objects.all().delete()
    assert _found() == []


def test_events_are_read_within_the_municipality_only(cast, other_municipality):
    assert events_of(cast.solbakken).count() == 1
    assert events_about({"municipalities.unit": [cast.solbakken.pk, cast.top.pk]}).count() == 2
    assert events_about({}).count() == 0
    with outside_scope(), tenancy.scope(other_municipality.municipality.pk):
        assert events_of(cast.solbakken).count() == 0
        assert events_about({"municipalities.unit": [cast.solbakken.pk]}).count() == 0
