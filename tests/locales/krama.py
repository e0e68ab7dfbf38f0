"""The Javanese sentences that a native should read, beside the Indonesian ones: `python -m tests.locales.krama`."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

CATALOGS = Path(__file__).parents[2] / "locales"


def unsure() -> Iterator[tuple[str, str]]:
    """(Indonesian, Javanese) of each entry with the comment `# krama?`."""
    found = {}
    for lang in ("id", "jv"):
        with (CATALOGS / lang / "LC_MESSAGES" / "jekduk.po").open("rb") as text:
            found[lang] = read_po(text, locale=lang)
    for message in found["jv"]:
        if message.id and "krama?" in message.user_comments:
            same = found["id"].get(message.id)
            yield str(same.string if same else message.id), str(message.string)


if __name__ == "__main__":
    print("\n\n".join("\n".join(one) for one in unsure()))  # noqa: T201  # it is a command
