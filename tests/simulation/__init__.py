"""The whole bot in one event loop of virtual time, under one seed: two processes, a pretend Telegram, a disk, a town.

`python -m tests.simulation 17` plays seed 17 again, step for step. A seed decides what people do, how long everything
takes, and what goes wrong: processes that are killed between two steps or stand still, calls and answers that are
lost, refusals, cables that are pulled, a disk that fails, clocks that differ.

- `loop` is the event loop, `substitutes` what takes the place of clocks, chance and the machine;
- `disk` and `network` are what lies between the bot and the world, `machine` the processes, `weather` what goes wrong;
- `run` tells the story of one seed, `ledger` says what is wrong with how it ended;
- `safeguards` takes one safeguard after the other out of the bot and looks for a seed that notices.
"""
