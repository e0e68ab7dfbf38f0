"""What people send: polled, stored in the inbox, handled in order for each person, settled.

An update is a row of the inbox from before Telegram may forget it until its answer is out::

                    recorder          dispatcher, settler
    at Telegram ───▶ stored ─────────▶ done        its answer is out, or is a row of the outbox now; id kept 48 h
                     │   ▲
                     │   └─ `stuck retry`
                     ├──▶ failed     a handler raised: quarantined, its person got a polite answer
                     └──▶ poison     it could not be read: only its id is kept

A crash before `stored` costs nothing: Telegram hands the update over again, since only the next poll confirms it.
A crash between `stored` and `done` has it handled again: moves are guarded by versions, other effects by keys of their
own, so that only the answer may come twice. What is stored is found by `Recorder.take_up` at the next start.
"""
