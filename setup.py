"""Has the build compile the catalogs and take the pins along; everything else is in pyproject.toml."""

import runpy
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HOME = Path(__file__).parent


class BuildWithWords(build_py):
    """Compiles first, since what is package data is decided by what lies there."""

    def run(self) -> None:
        runpy.run_path(str(HOME / "locales" / "compile.py"))["compile_all"]()
        super().run()


def pins() -> list[str]:
    """What requirements.txt pins, without the hashes, for which a wheel has no place."""
    lines = (HOME / "requirements.txt").read_text("utf-8").splitlines()
    return [line.removesuffix("\\").strip() for line in lines if line[:1].isalnum()]


setup(cmdclass={"build_py": BuildWithWords}, install_requires=pins())
