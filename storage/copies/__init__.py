"""Copies of a whole register, from either engine to either: backups, what is restored from them, and a move.

A backup is an SQLite file, whatever the register lies in, so each of them can be restored into either::

    register ── snapshot ──▶ file.part ── looked into, counted ──▶ file        a backup
    file ── pages ──▶ draft ── migrated, put right (aftermath) ──▶ register     restored
    register ── snapshot ── rows ──▶ an empty one ── read again, compared       moved

Whatever fails leaves what was there before as it was: a file takes its name at the end, PostgreSQL gets all in one
transaction. Beside copies stands what else is done to a whole register while no bot runs, when its district file is
edited: `renames` gives a village another key, `stages` empties a stage.
"""
