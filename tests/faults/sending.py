# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Reading a form off its page as a browser would, and sending it."""

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

from tests.faults.form import Form
from tests.faults.scene import DOCUMENT, Scene

URLENCODED = "application/x-www-form-urlencoded"
IN_TEXT = {"text", "email", "search", "tel", ""}


@dataclass
class Sheet:
    """A form as it stands on its page: where it goes and what is in it."""

    action: str
    values: dict[str, list[str]]
    texts: set[str] = field(default_factory=set)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def changed(self, **values: Any) -> "Sheet":
        """Return a copy with some values changed; None takes a field out."""
        other = copy(self)
        other.values = dict(self.values)
        for name, value in values.items():
            if value is None:
                other.values.pop(name, None)
            else:
                other.values[name] = value if isinstance(value, list) else [value]
        return other


def _leads_to(form: Any, page: str, wanted: Form) -> bool:
    action = form.get("data-autosave") if wanted.name == "autosave_agreement" else form.get("action") or page
    try:
        names = {resolve((action or "").split("?")[0]).url_name}
    except Resolver404:
        return False
    if names & {"account_signup", "account_request_login_code"}:
        names = {"account_login"}
    if wanted.name not in names:
        return False
    name, _equals, value = wanted.pick.partition("=")
    controls = [
        control for control in form.iter("input", "textarea", "select", "button") if control.get("name") == name
    ]
    return not name or any(not value or control.get("value") == value for control in controls)


def read(client: Client, form: Form, scene: Scene) -> Sheet:
    """Open the page and read the form off it; filled in as a person would."""
    page = form.page(scene)
    answer = client.get(page)
    assert answer.status_code == 200, f"{page}: {answer.status_code}"
    found = [one for one in html.fromstring(answer.content.decode()).iter("form") if _leads_to(one, page, form)]
    assert found, f"no form to {form.name} on {page}"
    element = found[0]
    action = element.get("data-autosave") if form.name == "autosave_agreement" else element.get("action") or page
    sheet = Sheet(action=action, values={})
    for name, value in element.form_values():
        sheet.values.setdefault(name, []).append(value)
    for control in element.iter("input", "textarea"):
        if control.tag == "textarea" or control.get("type", "") in IN_TEXT:
            sheet.texts.add(control.get("name"))
            sheet.values.setdefault(control.get("name"), [control.value or ""])
        if control.get("type") == "file":
            sheet.files[control.get("name")] = ("ramme.md", DOCUMENT.encode())
    sheet = sheet.changed(**form.fill(scene), **dict.fromkeys(form.drops))
    sheet.texts.discard(None)
    sheet.texts.discard("code")
    return sheet


def encoded(values: Mapping[str, list[str]]) -> str:
    """Return the fields as a browser encodes them; a lone surrogate goes as the bytes it would be."""
    pairs = [
        f"{quote_plus(name)}={quote_plus(value.encode('utf-8', 'surrogatepass'))}"
        for name, many in values.items()
        for value in many
    ]
    return "&".join(pairs)


def send(client: Client, sheet: Sheet, **extra: Any) -> HttpResponseBase:
    """Post the form."""
    cache.clear()
    if sheet.files:
        data: dict[str, Any] = {
            name: [value.encode("utf-8", "replace").decode() for value in many] for name, many in sheet.values.items()
        }
        data |= {name: SimpleUploadedFile(file, content) for name, (file, content) in sheet.files.items()}
        return client.post(sheet.action, data, **extra)
    return client.post(sheet.action, encoded(sheet.values), content_type=URLENCODED, **extra)


@contextmanager
def undone(client: Client) -> Any:
    """Let a sending leave nothing behind, neither rows nor cookies."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)
    client.cookies = cookies


def client_for(form: Form, scene: Scene, client_as: Callable[[Any], Client], anonymous: Client) -> Client:
    """Return a client logged in as the one who sends the form."""
    client = client_as(getattr(scene.cast, form.who)) if form.who else anonymous
    if form.before is not None:
        form.before(client, scene)
    return client


def ready(form: Form, scene: Scene) -> Scene:
    """Let the main job come as far as the form needs."""
    return form.stage(scene)
