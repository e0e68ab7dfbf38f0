"""A month of a district through the real bot, over HTTP to the pretend Telegram, in virtual time.

`python -m tests.month 7` plays seed 7: 20 working days around Nyepi and Idul Fitri, 300 documents of nine villages,
with holds, returns, steps taken back, refusals, lost answers and kills. The seed decides what people do and what goes
wrong, not in which order the machine runs what happens at once: a fault that a seed shows is mostly shown again.

- `wired` is the town and its time, `workday` what people do, `month` when they do it and what goes wrong;
- `register` is what is known afterwards, `promised` what is wrong with it, `tally` the figures.
"""
