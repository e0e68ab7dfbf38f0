"""Has the build compile the catalogs; everything else is in pyproject.toml."""

import runpy
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithWords(build_py):
    """Compiles first, since what is package data is decided by what lies there."""

    def run(self) -> None:
        runpy.run_path(str(Path(__file__).with_name("locales") / "compile.py"))["compile_all"]()
        super().run()


setup(cmdclass={"build_py": BuildWithWords})
