# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Take the pictures of README and the Danish guide anew: a demo of its own, walked through in Debian's Chromium.

The guide shows what stands here, so a page that no longer does what the guide says stops the walk.
"""

import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
DOCUMENT = ROOT / "tests" / "frameworks" / "documents" / "bold-lines.docx"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
CHROMIUM += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
DESKTOP, LOW, TALL, PHONE = (1000, 800), (1000, 740), (1000, 1400), (390, 780)
COLOURS = 128
LARGEST = 150_000
PATIENCE = 180
AGREEMENT = "/arbejdspladser/plejecenter-solbakken/aftale/"


@contextmanager
def demo() -> Iterator[str]:
    """Start a demo with an empty data folder on a free port; give its address, and stop it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.txt"
        environment = {**os.environ, "SAMSPIL_DEMO": "1", "SAMSPIL_DATA_DIR": folder, "PORT": str(port)}
        with told.open("w") as log:
            command = [sys.executable, "-m", "samspil.config.command", "run"]
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=ROOT)
        try:
            _wait_for(f"{address}/demo/", process, told)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(address: str, process: "subprocess.Popen[bytes]", told: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    sys.exit(f"The demo did not start:\n{told.read_text()[-3000:]}")


class Walk:
    """Somebody who walks through the demo and takes pictures on the way."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self.page = self._page(browser, DESKTOP)
        self.phone = self._page(browser, PHONE)

    def _page(self, browser: Browser, size: tuple[int, int]) -> Page:
        wide, high = size
        context = browser.new_context(
            viewport={"width": wide, "height": high},
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    def go(self, path: str, page: Page | None = None) -> None:
        """Open an address of the demo."""
        (page or self.page).goto(self.address + path)

    def be(self, name: str, page: Page | None = None) -> None:
        """Be this one of the cast."""
        page = page or self.page
        page.context.clear_cookies()
        self.go("/demo/", page)
        page.get_by_role("button", name=re.compile(f"^Vær {name}")).click()
        page.wait_for_load_state()

    def press(self, name: str) -> None:
        """Press the button or follow the link of this name."""
        found = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name))
        found.first.click()
        self.page.wait_for_load_state()

    def take(self, name: str, size: tuple[int, int], at: Locator | None = None, page: Page | None = None) -> None:
        """Take a screen of this size, from the top or from a place on the page, in few colours."""
        page = page or self.page
        wide, high = size
        page.set_viewport_size({"width": wide, "height": high})
        page.evaluate("document.activeElement?.blur()")
        if at is None:
            page.evaluate("window.scrollTo(0, 0)")
        else:
            at.evaluate("it => window.scrollTo(0, it.getBoundingClientRect().top + window.scrollY - 24)")
        page.wait_for_timeout(150)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        file = FOLDER / f"{name}.png"
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
        weight = file.stat().st_size
        print(f"{file.relative_to(ROOT)}: {picture.width} x {picture.height}, {weight // 1000} kB")
        if weight > LARGEST:
            sys.exit(f"{file.name} is larger than {LARGEST // 1000} kB")


def the_secretariat_looks(walk: Walk) -> None:
    """Hanne sees how far the workplaces are, and why."""
    walk.be("Hanne")
    walk.go("/overblik/")
    walk.page.locator("summary").filter(has_text="Ældre og Sundhed").click()
    why = walk.page.locator("summary").filter(has_text="Hvorfor?").first
    why.click()
    walk.page.wait_for_load_state("networkidle")
    walk.take("overview", TALL)


def agreement_is_made(walk: Walk) -> None:
    """Lene makes the agreement, adds a task of her own, and sends it to discussion."""
    page = walk.page
    walk.be("Lene")
    walk.take("home", LOW)
    walk.go(AGREEMENT)
    walk.press("Begynd")
    page.get_by_label("Hvad giver det borgeren?").fill("Beboerne får selskab, også på dage, hvor vi har travlt.")
    for task in ("Højtlæsning", "Sang og musik", "Gåture i nærheden"):
        page.get_by_role("checkbox", name=re.compile(f"^{task}")).check()
    page.get_by_role("checkbox", name=re.compile("^Mia Lund")).check()
    page.get_by_role("button", name="Gem", exact=True).last.click()
    page.wait_for_load_state()
    walk.go(AGREEMENT)
    walk.take("agreement", TALL)

    walk.go(f"{AGREEMENT}opgaver/ny/")
    page.get_by_label("Hvad gør de frivillige?").fill("Rydde af bordet sammen med beboerne")
    page.get_by_label("Hvad er ikke en del af opgaven?").fill("Opvask, og at hjælpe nogen op fra bordet.")
    page.get_by_label("Hvad giver det ekstra?").fill("Man hjælpes ad og får snakket imens.")
    for no in page.get_by_role("radio", name="Nej").all():
        no.check()
    page.get_by_role("group", name=re.compile("12 måneder")).get_by_role("radio", name="Ja").check()
    walk.take("own-task", (760, 1040), page.get_by_role("heading", name="Hvor går grænsen?"))
    walk.press("Tilføj opgaven")
    walk.take("doubt", (1000, 480), page.get_by_text("Vis flere opgaver"))
    walk.press("Send til drøftelse")
    walk.take("sent", DESKTOP)


def it_is_discussed(walk: Walk) -> None:
    """Lene writes down what was said; Tove confirms it on her phone."""
    page = walk.page
    walk.press("Gå til drøftelsen")
    walk.take("paper", DESKTOP)
    walk.press("Skriv, hvad I kom frem til")
    page.get_by_label("Møde", exact=True).check()
    page.get_by_role("group", name="Hvad sagde ledelsessiden?").get_by_label("Enig", exact=True).check()
    employees = page.get_by_role("group", name="Hvad sagde medarbejdersiden?")
    employees.get_by_label("Enig med bemærkninger").check()
    page.get_by_label("Medarbejdersidens egne ord").fill("Ture aftales med afdelingen samme dag.")
    page.get_by_label("Hvor ligger referatet").fill("FirstAgenda, LokalMED Solbakken, punkt 4")
    walk.take("record", TALL)
    walk.press("Bed medarbejdersiden bekræfte")
    walk.be("Tove", walk.phone)
    walk.take("home-phone", PHONE, page=walk.phone)
    walk.phone.get_by_role("link", name=re.compile("^Læs og svar")).first.click()
    answer = walk.phone.get_by_role("button", name="Ja, det var det, der blev sagt")
    answer.wait_for()
    walk.take("confirm-phone", PHONE, walk.phone.get_by_role("heading", name="Hvad blev der sagt?"), walk.phone)
    answer.click()
    walk.phone.wait_for_load_state()


def it_comes_into_force(walk: Walk) -> None:
    """Lene decides the doubt and the agreement; anybody reads the open page."""
    page = walk.page
    walk.be("Lene")
    walk.go(AGREEMENT)
    page.get_by_label("Det er et supplement").check()
    page.get_by_label("Hvorfor?").fill("De ansatte rydder stadig af. De frivillige gør det sammen med beboerne.")
    page.get_by_role("button", name=re.compile("^Afgør tvivlen")).click()
    page.wait_for_load_state()
    walk.go(AGREEMENT)
    walk.take("decide", DESKTOP)
    walk.press("Beslut aftalen")
    walk.phone.context.clear_cookies()
    walk.go("/aaben/eksempelby/plejecenter-solbakken/frivillige-hos-os/", walk.phone)
    walk.take("open-page-phone", PHONE, page=walk.phone)


def the_secretariat_sets_up(walk: Walk) -> None:
    """Hanne's pages: units, people, a body, and a document that has been read."""
    walk.be("Hanne")
    for path, name in (
        ("/kommune/", "administration"),
        ("/kommune/enheder/", "units"),
        ("/med/udvalg/lokalmed-solbakken/", "committee"),
        ("/vaerdiramme/import/", "import"),
    ):
        walk.go(path)
        walk.take(name, LOW)
    walk.page.locator("input[type=file]").set_input_files(DOCUMENT)
    walk.press("Læs dokumentet")
    walk.take("framework-draft", DESKTOP)


def main() -> int:
    """Take every picture, in the order in which things happen."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        walk = Walk(browser, address)
        for part in (
            the_secretariat_looks,
            agreement_is_made,
            it_is_discussed,
            it_comes_into_force,
            the_secretariat_sets_up,
        ):
            part(walk)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
