"""The letter as it leaves, and what whoever checks one is told."""

from handlers.attestations import letter
from handlers.attestations.screens import checked, checked_screen
from handlers.context import Viewer
from handlers.reply import Paper, Screen
from handlers.view import Refused, View
from handlers.wording.layout import file_name, grouped, page
from handlers.wording.links import check_link
from storage import documents
from storage.attestations import letters
from storage.db.sealing import Forged


class LetterView(View, name="letter"):
    """The letter about a number."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        workflow, now = viewer.workflow, viewer.now
        async with viewer.storage.transaction() as tx:  # the first one makes the secret
            look = await documents.status(tx, self.number, viewer.person.chat, now)
            if not look.documents or not letters.may(workflow, viewer.person, look):
                raise Refused("no_letter")
            issued, reference = await letters.issue(tx, look.documents, now)
        sheet = letter.sheet(workflow, look, issued, check_link(viewer.bot_name, viewer.services.page_url, reference))
        said = viewer.t(
            "Letter about {number}. The village office writes the applicant's name on it and stamps it.",
            number=grouped(self.number),
        )
        return Screen(page(said), paper=Paper(file_name("pdf", viewer.t("letter"), self.number[-4:]), sheet))


class CheckedView(View, name="checked"):
    """Whether a letter with this reference is from us, what it said, and where the documents are today."""

    reference: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            try:
                found = await letters.issued(tx, self.reference)
            except Forged:
                raise Refused("forged_letter") from None
        return checked_screen(checked(viewer.workflow, found, viewer.t, viewer.now), viewer.t)
