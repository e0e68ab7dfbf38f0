"""The morning of those who work for the service: what waits for them, what a village has promised to fetch, and until
when somebody wants no reminder.

A promise of a village::

    none ── promise ──▶ promised ── its day is over, and what lay ready then lies there still ──▶ missed, for today ─┐
      ▲                    │  ▲                                                                         │            │
      └── all is fetched, ─┘  └────────────────────── promise, for another day ─────────────────────────┘ ◀──────────┘
          or it is taken back                                                                        once each morning

Several officers of a village share one. The chore of the morning ends it or takes it on to the day: by the date alone,
so that to do it twice changes nothing.
"""
