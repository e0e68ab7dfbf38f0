"""How the answers to commands begin."""

from locales import Words

CUT = "\ue000"  # what the sentence is about


def heads_of(command: str, t: Words) -> list[str]:
    """Of an answer to a command, as far as it is the same each time."""
    sentences = {
        "/tugas": [t("Tasks · {moment}", moment=CUT)],
        "/baru": [t("New application · {village} village", village=CUT)],
        "/status": [t("The numbers you follow:"), t("You follow no number yet.")],
        "/berhenti": [  # of a number: it may be followed no more, as it was asked before
            t("Updates stopped. No application is stopped by that."),
            t("This number is not followed: {number}.", number=CUT),
        ],
    }
    return [sentence.partition(CUT)[0] for sentence in sentences[command]]
