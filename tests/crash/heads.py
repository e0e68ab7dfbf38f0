"""How the answers to commands begin."""

from locales import Words

CUT = "\ue000"  # what the sentence is about


def heads_of(command: str, t: Words) -> list[str]:
    """Of an answer to a command, as far as it is the same each time."""
    sentences = {
        "/tugas": [t("Tasks · {moment}", moment=CUT)],
        "/baru": [t("New application · {village} village", village=CUT)],
        "/status": [t("The numbers you follow:"), t("You follow no number yet.")],
        "/berhenti": [  # of one that is not followed, perhaps by now, as it was asked before, it is asked which
            t("Updates stopped. No application is stopped by that."),
            t("Stop updates for which number?"),
            t("You follow no number, so there is nothing to stop."),
        ],
    }
    return [sentence.partition(CUT)[0] for sentence in sentences[command]]
