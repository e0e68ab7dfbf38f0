"""What a head tells people: drafted, begun, ended. Each of them has a row of the outbox, put down with the beginning.

    draft ─── begin ───▶ under way ─── end, once nobody waits ───▶ ended: sent to n, m not reached
                          │     ▲
                          └stop─┘  a pause of this announcement alone (storage/pauses)

A crash between any two of these changes nothing: how many have it is counted from the rows of the outbox.
"""
