"""Wheels of releases that nobody made, to see what an installation makes of them.

lamp = wheel(folder, "lamp", "2.0", "oil>=1; extra == 'full'")    # a path; what follows is what it requires
python -m tests.wheelhouse FOLDER    # a newer release of everything that is pinned, as there will be one day
"""

import re
import sys
from pathlib import Path
from zipfile import ZipFile

HOME = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "tests/bench/requirements.txt", "tests/requirements.txt")  # each holds the one before


def wheel(folder: Path, name: str, version: str, *requires: str) -> Path:
    """A wheel that holds one empty package."""
    name = name.replace("-", "_")
    info = f"{name}-{version}.dist-info"
    extras = sorted(set(re.findall(r"extra == '(\w+)'", " ".join(requires))))
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Provides-Extra: {extra}" for extra in extras] + [f"Requires-Dist: {other}" for other in requires]
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with ZipFile(path, "w") as package:
        package.writestr(f"{name}/__init__.py", "")
        package.writestr(f"{info}/METADATA", "\n".join(lines) + "\n")
        package.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        package.writestr(
            f"{info}/RECORD", f"{name}/__init__.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n"
        )
    return path


def pinned(lock: Path) -> dict[str, str]:
    """Name and version of each pin."""
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;]+)", lock.read_text("utf-8"), re.MULTILINE))


if __name__ == "__main__":
    where = Path(sys.argv[1])
    where.mkdir(parents=True)
    for each in {name for lock in LOCKS for name in pinned(HOME / lock)}:
        wheel(where, each, "9999.0")
