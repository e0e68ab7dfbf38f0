"""Days on which the counters stay closed although the district file does not know them: a head says so in the chat.

The calendar holds them in memory, for it is asked amid each answer; `closed_days.learn` brings them there: where they
are written down, at the start, and every few seconds in a process that may have missed it.
"""
