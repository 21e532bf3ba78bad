# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The whole server is killed while somebody saves, again and again: everything acknowledged is there afterwards."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import environ
import psycopg
import pytest
from lxml import html

ROOT = Path(__file__).parent.parent.parent
OWNER_URL = os.environ.get("SAMSPIL_OWNER_DATABASE_URL", "")
SAMSPIL = [sys.executable, "-m", "samspil.config.command"]
AGREEMENT = "/arbejdspladser/plejecenter-solbakken/aftale/"


def free_port():
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def as_owner():
    """Connect as the owner of the test databases."""
    url = environ.Env.db_url_config(OWNER_URL)
    given = {"host": url["HOST"], "port": url["PORT"], "user": url["USER"], "password": url["PASSWORD"]}
    return psycopg.connect(dbname=url["NAME"], autocommit=True, **{key: value for key, value in given.items() if value})


@pytest.fixture
def environment(tmp_path, database_is):
    """The surroundings of a server of its own; on PostgreSQL with a database of its own beside the others."""
    mine = {
        **os.environ,
        "SAMSPIL_DATA_DIR": str(tmp_path),
        "SAMSPIL_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "samspil.config.settings",
        "SAMSPIL_EMAIL_URL": "dummymail://",
        "PYTHONPATH": str(ROOT),
    }
    if database_is == "sqlite":
        mine.pop("SAMSPIL_DATABASE_URL", None)
        yield mine
        return
    if not OWNER_URL:
        pytest.skip("needs the owner's role to make a database")
    name = f"samspil_kill_{uuid.uuid4().hex[:12]}"
    with as_owner() as owner:
        owner.execute(f'CREATE DATABASE "{name}"')
    for key in ("SAMSPIL_DATABASE_URL", "SAMSPIL_OWNER_DATABASE_URL"):
        mine[key] = f"{os.environ[key].rpartition('/')[0]}/{name}"
    run({**mine, "SAMSPIL_AS_OWNER": "1"}, "migrate", "--verbosity", "0")
    yield mine
    with as_owner() as owner:
        owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(environment, *command):
    done = subprocess.run([*SAMSPIL, *command], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def serving(environment, port):
    """Start all of Samspil in a process group of its own, and kill it the hard way in the end."""
    log = Path(environment["SAMSPIL_DATA_DIR"]) / "log"
    with log.open("ab") as lines:
        server = subprocess.Popen(
            [*SAMSPIL, "run", "--port", str(port)],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=lines,
            start_new_session=True,
        )
    try:
        for _ in range(600):
            assert server.poll() is None, log.read_text()
            with closing(socket.socket()) as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=20)


class Browser:
    """The little of a browser that it takes: cookies, and the forms of a page."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}

    def ask(self, method, path, fields=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields, doseq=True)
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://127.0.0.1:{self.port}/",
            }
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _equals, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        connection.close()
        return answer.status, answer.headers.get("Location", ""), content

    def form(self, path, holding):
        status, _location, content = self.ask("GET", path)
        assert status == 200, (path, status)
        for form in html.fromstring(content).iter("form"):
            if holding in html.tostring(form, encoding="unicode"):
                return form.get("action") or path, dict(form.form_values())
        raise AssertionError(f"no form with {holding} on {path}")


def be(port, name):
    """Log in as one of the cast."""
    browser = Browser(port)
    action, fields = browser.form("/demo/", name)
    status, _location, _content = browser.ask("POST", action, fields)
    assert status == 302
    return browser


def save_until_killed(browser, word, kill_after, server):
    """Save again and again; return what was acknowledged last and what was on its way when the server died."""
    _action, fields = browser.form(AGREEMENT, 'name="purpose"')
    autosave = f"{AGREEMENT}gem-undervejs/"
    acknowledged = sent = ""
    killer = threading.Timer(kill_after, os.killpg, (server.pid, signal.SIGKILL))
    killer.start()
    for number in range(2000):
        sent = f"{word} {number}."
        try:
            status, _location, content = browser.ask("POST", autosave, {**fields, "purpose": sent, "submission": ""})
        except (ConnectionError, http.client.HTTPException, TimeoutError):
            return acknowledged, sent
        assert status == 200, content[:500]
        acknowledged = sent
        for name, value in re.findall(r'"((?:revision|was)_purpose)":\s*"([^"]*)"', content):
            fields[name] = value
    raise AssertionError("the server never died")


@pytest.mark.real_clock
def test_everything_acknowledged_survives_a_kill(environment):
    port = free_port()
    with serving(environment, port) as server:
        browser = be(port, "Lene")
        action, fields = browser.form(AGREEMENT, "begynd/")
        assert browser.ask("POST", action, fields)[0] == 302
        acknowledged, on_its_way = save_until_killed(browser, "Første gang", 0.7, server)
    assert acknowledged

    for word in ("Anden gang", "Tredje gang"):
        port = free_port()
        with serving(environment, port) as server:
            browser = be(port, "Lene")
            _action, fields = browser.form(AGREEMENT, 'name="purpose"')
            assert fields["purpose"].strip() in {acknowledged, on_its_way}
            acknowledged, on_its_way = save_until_killed(browser, word, 0.4, server)

    port = free_port()
    with serving(environment, port):
        _action, fields = be(port, "Lene").form(AGREEMENT, 'name="purpose"')
        assert fields["purpose"].strip() in {acknowledged, on_its_way}
    run(environment, "verify-audit")
