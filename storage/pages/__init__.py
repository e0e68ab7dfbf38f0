"""Read-only pages in a browser. For heads: a link in the chat opens one, and the chat ends it.

::

    ──▶ link ──▶ open ──▶ ended ──▶ gone
         │         └───── too old ───▲
         └── too old, or a newer one ┘

A page ends with the post that asked for it, too. Of link and session the register knows keyed hashes alone.
"""
