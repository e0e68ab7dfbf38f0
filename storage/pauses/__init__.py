"""A head pauses what leaves by itself: all of it, one village's or one kind. What is paused stays owed.

The sender claims as ever, and `outbox.claim` puts back at once what a pause holds: from then on it is due at
`outbox.PAUSED`, and claimed no more. So a pause holds as well what was owed, tried again or returned to since. The end
of a pause lets all out again; what another one holds comes back with the next claim.
"""
