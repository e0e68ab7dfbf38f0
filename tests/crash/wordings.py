"""What was said, without what depends on more than the step it tells of."""

from locales import LANGUAGES, words


def plain(text: str) -> str:
    """The text without the remark that it may be known already, and without the question how it went."""
    for t in map(words, LANGUAGES):
        for end in (
            f"\n\n<i>{t('You may have received this already.')}</i>",
            f"\n{t('How did we do?')}",
        ):
            text = text.removesuffix(end)
    return text
