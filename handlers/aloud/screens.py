"""What is said of a number, and what stands below the voice. Pure."""

from handlers.reply import Paper, Screen
from handlers.wording import layout, whereabouts
from handlers.wording.layout import grouped, page
from handlers.wording.sentences import sentence
from locales import Words, dates, ear, words
from storage.records import LookUp, Person
from storage.workflow import Workflow


def aloud_screen(workflow: Workflow, person: Person, look: LookUp, t: Words, now: int) -> Screen:
    """The voice, of which number and when; or that it cannot be read aloud."""
    said = for_the_ear(workflow, person, look, now)
    voice = {"kind": "voice", "voice": ear.LANGUAGE, "words": said}
    instead = page(sentence("no_voice", t, now))
    moment = dates.moment(now, now, workflow.zone, t.lang)
    return Screen(
        page(t("Status of {number}, read aloud in Indonesian.", number=grouped(look.number)), moment),
        paper=Paper("status.ogg", voice, instead=instead),
    )


def for_the_ear(workflow: Workflow, person: Person, look: LookUp, now: int) -> str:
    """What the status says, in whole sentences, in Indonesian: of when it is, and nothing that the screen does not say.
    A pickup code is not said where others may listen.
    """
    t = words(ear.LANGUAGE)
    blocks = whereabouts.blocks(workflow, person, look, t, now)
    lines = [
        t("News from Jek-Duk {district}.", district=workflow.district.district.name),
        t("As of {moment}", moment=dates.moment(now, now, workflow.zone, ear.LANGUAGE)),
        *layout.fitting(blocks, t),
    ]
    stages = workflow.stages
    if look.followed and look.pickup and any(d.stage in stages and stages[d.stage].ready for d in look.documents):
        lines.append(t("The pickup code stands in this chat."))
    return ear.said(lines)
