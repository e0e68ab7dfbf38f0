"""Keys of age and gpg, made for a test."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

MISSING = "no {}; on Debian: apt-get install age gnupg"


@dataclass(frozen=True, slots=True)
class Key:
    """What encrypts; the file of what opens, which gpg keeps in a place of its own."""

    public: str
    secret: tuple[Path, ...]


def needs(program: str) -> None:
    """Leave a test out on a machine without that program; fail in CI."""
    if not shutil.which(program):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING.format(program))


def of_age(file: Path) -> Key:
    needs("age-keygen")
    made = subprocess.run(["age-keygen", "-o", file], capture_output=True, text=True, check=True)
    return Key(made.stderr.split()[-1], (file,))


def of_gpg(mail: str) -> Key:
    """In the keyring that GNUPGHOME names."""
    needs("gpg")
    made = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", mail, "future-default"]
    subprocess.run(made, check=True, capture_output=True)
    return Key(mail, ())


def forget_gpg(public: str) -> None:
    """From here on only the public half is in the keyring."""
    listed = ["gpg", "--batch", "--with-colons", "--list-keys", public]
    found = subprocess.run(listed, check=True, capture_output=True, text=True).stdout
    [print_] = [line.split(":")[9] for line in found.splitlines() if line.startswith("fpr")][:1]
    subprocess.run(["gpg", "--batch", "--yes", "--delete-secret-keys", print_], check=True, capture_output=True)


def end_agent() -> None:
    """The one that gpg has started for that keyring."""
    found = os.environ | {"PATH": os.defpath}
    subprocess.run(["gpgconf", "--kill", "all"], check=True, env=found, capture_output=True)
