# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every address names its permission, and every action records what happened."""

import ast
from pathlib import Path

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from samspil.foundation.permission import OPEN, SIGNED_IN, Permission
from samspil.foundation.views import PermissionView

PACKAGE = Path(apps.get_app_config("foundation").path).parent
NOT_OURS = {"set_language"}
SIGNING_IN = {"log-ind/", "log-ind/kode/", "log-ud/"}
FOR_MACHINES = {"healthz", "readyz"}
RECORDS_NOTHING = {
    # Telling somebody is no event of the matter; the action that tells records one.
    *(f"notifications/actions/telling.py:{name}" for name in ("tell", "mark_read")),
    # One's own choice; and what the secretariat does with e-mail is recorded by municipalities, which stands above.
    *(f"notifications/actions/choosing.py:{name}" for name in ("choose_mail", "switch_mail_on", "switch_mail_off")),
    # The way of an e-mail has a log of its own.
    *(
        f"notifications/actions/mailing.py:{name}"
        for name in ("plan_weekly_mail", "postpone_while_closed", "claim", "note_outcome", "take_up_lost")
    ),
    *(f"notifications/actions/mailing.py:{name}" for name in ("try_again", "forget_old_deliveries")),
    # Each agenda that is sent and each silence that is told of records an event of its own.
    "med/actions/minutes.py:send_agendas_due",
    "med/actions/silence.py:tell_of_silence",
    # The record itself.
    "audit/actions.py:record",
    "audit/actions.py:give_pseudonym",
    # Parts of one forgetting, whose event is that of ``volunteering.actions.forget``; and who has looked is a log of its own.
    *(f"audit/actions.py:{name}" for name in ("take_pseudonym", "note_reads", "forget_reads", "forget_reads_about")),
    *(f"notifications/actions/forgetting.py:{name}" for name in ("forget_messages", "forget_recipient")),
    "people/actions.py:forget_volunteers_login",
    *(f"volunteering/actions/forgetting.py:{name}" for name in ("erase_rows", "forget_what_is_due", "note_reads")),
    # Parts of coming and going: the roles that they give and end are recorded by people.
    *(f"volunteering/actions/letting_go.py:{name}" for name in ("let_go", "open_own_page")),
    # Each pause is recorded.
    "volunteering/actions/ending.py:pause_without_agreement",
    "audit/actions.py:give_pseudonyms",
    # The way of an e-mail to somebody without a login.
    *(f"notifications/actions/outside.py:{name}" for name in ("mail_outside", "claim_outside", "end_outside")),
    # Whoever writes at the open door has no capacity: the action records it by pseudonym.
    *(f"volunteering/actions/applying.py:{name}" for name in ("apply", "withdraw")),
    # Parts of actions that record: a certificate that is put before its orderers, what a yes to the agreement brings in place.
    *(f"volunteering/actions/certificates.py:{name}" for name in ("want_certificates", "add_orders", "tell_orderers")),
    "volunteering/actions/formalities.py:note_said_yes",
    "volunteering/actions/formality_rules.py:ensure_rules",
    # A round records once what it came to, and each pause.
    *(
        f"volunteering/actions/reevaluating.py:{name}"
        for name in ("begin_reevaluation", "begin_reevaluation_of_the_day", "reevaluate_some")
    ),
    # Its first event is that of the municipality's first unit.
    "municipalities/actions.py:create_municipality",
}


def addresses(patterns=None, prefix=""):
    """Yield every address of the product as (path, pattern)."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield path, pattern


def test_every_address_names_a_permission():
    without = []
    for path, pattern in addresses():
        view = getattr(pattern.callback, "view_class", None)
        named = isinstance(view, type) and issubclass(view, PermissionView) and getattr(view, "permission", None)
        is_named = isinstance(named, Permission) or named in {OPEN, SIGNED_IN}
        if not is_named and (named or pattern.name not in NOT_OURS):
            without.append(path)

    assert without == []


def test_what_is_open_to_all_is_meant_to_be():
    open_paths = {
        path for path, p in addresses() if getattr(getattr(p.callback, "view_class", None), "permission", 0) == OPEN
    }

    outside = {path for path in open_paths if not path.startswith("aaben/")}
    to_read = {"tilgaengelighed/", "privatliv/", "hjaelp/", "hjaelp/<slug:page>/"}
    assert outside <= {"", *to_read, *FOR_MACHINES, "demo/", "demo/byggeklodser/", *SIGNING_IN}


def _calls(function):
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            target = node.func
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                yield f"{target.value.id}.{target.attr}"
            elif isinstance(target, ast.Name):
                yield target.id


def _action_files():
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE).parts
        if len(inside) > 1 and (inside[1] == "actions.py" or inside[1] == "actions"):
            yield path


def test_every_action_records_an_event_or_stands_on_the_list():
    silent = set()
    for path in _action_files():
        tree = ast.parse(path.read_text())
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for name, function in functions.items():
            keyword_only = function.args.kwonlyargs and not function.args.args
            takes_an_actor = any(argument.arg == "actor" for argument in function.args.kwonlyargs)
            if name.startswith("_") or not keyword_only:
                continue
            calls = set(_calls(function))
            recorded = "audit.record" in calls or any(
                "audit.record" in set(_calls(functions[called])) for called in calls & functions.keys()
            )
            if not recorded or not (takes_an_actor or name.endswith("_by_link")):
                silent.add(f"{path.relative_to(PACKAGE)}:{name}")

    assert silent - RECORDS_NOTHING == set()
