# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The lines of a PDF with their places, in reading order. Run as a program of its own, because a PDF can be made to
take any time and memory: it reads the file from standard input and writes JSON. It imports nothing of Samspil.
"""

import io
import json
import logging
import sys
from collections import Counter
from itertools import pairwise
from typing import Any

Word = dict[str, Any]
Line = dict[str, Any]

FEWEST_LINES = 5
MOST_CROSSED = 0.25
GUTTER = 5.0
BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")


def lines_of(content: bytes, max_pages: int) -> dict[str, Any]:
    """Return {"pages": [...]} or {"error": name}; ``pictures`` says whether there are any."""
    import pdfplumber  # noqa: PLC0415 - bounds are set before a library is loaded
    from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed  # noqa: PLC0415

    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            if len(document.pages) > max_pages:
                return {"error": "long"}
            pages, pictures = [], False
            for page in document.pages:
                pages.append({"height": float(page.height), "lines": _page_lines(page)})
                pictures = pictures or bool(page.images)
                page.close()
    except Exception as error:  # noqa: BLE001 - a damaged PDF breaks the library in any way; the caller needs one answer
        causes = (error, *error.args)
        if any(isinstance(cause, MemoryError) for cause in causes):
            return {"error": "heavy"}
        locked = any(isinstance(cause, PDFPasswordIncorrect | PDFTextExtractionNotAllowed) for cause in causes)
        return {"error": "encrypted" if locked else "broken"}
    return {"pages": pages, "pictures": pictures}


def _page_lines(page: Any) -> list[Line]:
    if _is_struck_twice(page.chars):
        page = page.dedupe_chars()
    words = page.extract_words(x_tolerance_ratio=0.15, keep_blank_chars=False, extra_attrs=["fontname", "size"])
    words = [word for word in words if word["text"].strip()]
    gutter = _gutter(words, float(page.width))
    if gutter is None:
        return _bounded([_line(row) for row in _rows(words)])
    return _two_columns(words, gutter)


def _is_struck_twice(chars: list[Word]) -> bool:
    """Tell a page whose bold letters were made by writing them twice."""
    places = {(char["text"], round(char["x0"]), round(char["top"])) for char in chars if char["text"].strip()}
    return len(places) < 0.98 * sum(1 for char in chars if char["text"].strip())


def _rows(words: list[Word]) -> list[list[Word]]:
    """Group words that stand on one line."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if rows and word["bottom"] - rows[-1][0]["bottom"] < 0.35 * max(word["size"], 4):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word["x0"]) for row in rows]


def _gutter(words: list[Word], width: float) -> float | None:
    """Return the middle of the white strip between two columns, or None where the page has one column."""
    crossed = {
        x: len(_rows([word for word in words if _crosses(word, x)]))
        for x in (width * step / 200 for step in range(60, 141))
    }
    fewest = min(crossed.values())
    whitest = [x for x, count in crossed.items() if count == fewest]
    x = whitest[len(whitest) // 2]
    left = len(_rows([word for word in words if word["x1"] <= x]))
    right = len(_rows([word for word in words if word["x0"] >= x]))
    enough = min(left, right) >= FEWEST_LINES and fewest <= MOST_CROSSED * max(left, right)
    return x if enough else None


def _crosses(word: Word, x: float) -> bool:
    return bool(word["x0"] < x + GUTTER / 2 and word["x1"] > x - GUTTER / 2)


def _two_columns(words: list[Word], gutter: float) -> list[Line]:
    """Read the left column before the right one, between lines that run across both."""
    across = _across(words, gutter)
    taken = {id(word) for row in across for word in row}
    rest = [word for word in words if id(word) not in taken]
    left = _bounded([_line(row) for row in _rows([word for word in rest if word["x1"] <= gutter])])
    right = _bounded([_line(row) for row in _rows([word for word in rest if word["x1"] > gutter])])
    lines: list[Line] = []
    for wide in sorted(_bounded([_line(row) for row in across]), key=lambda line: line["bottom"]):
        for column in (left, right):
            lines += [line for line in column if line["bottom"] <= wide["bottom"]]
            column[:] = [line for line in column if line["bottom"] > wide["bottom"]]
        lines.append(wide)
    return lines + left + right


def _across(words: list[Word], gutter: float) -> list[list[Word]]:
    """Return the lines that run across the gutter, each with the words that stand close to the one that crosses."""
    rows = []
    for row in _rows(words):
        inside = [word for word in row if _crosses(word, gutter)]
        if not inside:
            continue
        first, last = row.index(inside[0]), row.index(inside[-1])
        while first and row[first]["x0"] - row[first - 1]["x1"] < row[first]["size"]:
            first -= 1
        while last + 1 < len(row) and row[last + 1]["x0"] - row[last]["x1"] < row[last]["size"]:
            last += 1
        rows.append(row[first : last + 1])
    return rows


def _line(words: list[Word]) -> Line:
    text = words[0]["text"]
    for before, word in pairwise(words):
        close = word["x0"] - before["x1"] < 0.12 * word["size"]
        text += ("" if close else " ") + word["text"]
    letters: Counter[tuple[float, bool]] = Counter()
    for word in words:
        letters[round(word["size"], 1), _is_bold(word["fontname"])] += len(word["text"])
    size, _ = letters.most_common(1)[0][0]
    first_two = words[1]["x0"] if len(words) > 1 else words[0]["x0"]
    return {
        "text": text,
        "x0": words[0]["x0"],
        "x1": words[-1]["x1"],
        "second_x0": first_two,
        "first_width": words[0]["x1"] - words[0]["x0"],
        "top": min(word["top"] for word in words),
        "bottom": max(word["bottom"] for word in words),
        "size": size,
        "bold": all(bold for _, bold in letters),
    }


def _is_bold(fontname: str) -> bool:
    return any(name in fontname.casefold() for name in BOLD_NAMES)


def _bounded(lines: list[Line]) -> list[Line]:
    """Tell every line how far its column reaches."""
    for line in lines:
        line["left"] = min(other["x0"] for other in lines)
        line["right"] = max(other["x1"] for other in lines)
    return lines


def _bound_process(seconds: int, memory: int) -> None:
    try:
        import resource  # noqa: PLC0415 - there is none on every system; the caller's own timeout stands anyway
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def main() -> None:
    """Read a PDF from standard input within the bounds given as arguments: pages, seconds, bytes of memory."""
    max_pages, seconds, memory = (int(argument) for argument in sys.argv[1:4])
    content = sys.stdin.buffer.read()
    _bound_process(seconds, memory)
    logging.disable(logging.CRITICAL)
    try:
        answer = lines_of(content, max_pages)
    except MemoryError:
        answer = {"error": "heavy"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
