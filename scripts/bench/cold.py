# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How much a browser fetches for a page when it has nothing yet: compressed, fonts included."""

import re
from typing import Any


def fetched(port: int, path: str) -> list[tuple[str, int]]:
    """Return what Chromium fetched, with the bytes that came over the wire; nothing where Chromium is missing."""
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415  a tool of the tests
    except ImportError:
        return []
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def name(event: dict[str, Any]) -> None:
        names[event["requestId"]] = re.sub(r"^https?://[^/]+", "", event["response"]["url"])

    def size(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_page(locale="da-DK")
            protocol = page.context.new_cdp_session(page)
            protocol.send("Network.enable")
            protocol.on("Network.responseReceived", name)
            protocol.on("Network.loadingFinished", size)
            page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
            browser.close()
    except Error:
        return []
    return sorted(((names.get(key, "?"), count) for key, count in sizes.items()), key=lambda row: -row[1])
