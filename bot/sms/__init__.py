"""SMS as a second channel beside Telegram's, by way of a telephone that is a gateway: loaded only where there is one.

What is owed stands in the outbox with a priority of its own::

    outbox ── claim ──▶ Postman ── Channel.send (Gateway) ──▶ the telephone ──▶ the mobile network
       ▲                                                          │
       └── owed again, at most three times ◀── Webhooks ◀── sms:failed, sms:received

A crash between the gateway's taking a message and the commit costs nothing: it is released as `repeated`, the gateway
is asked for it under the row's id, and has it. While the telephone sleeps everything waits.
"""
