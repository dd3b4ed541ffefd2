"""A folder of backups: each can be restored by itself, and only what has changed since those before is written.

Files are cut into pieces, and a piece that is there already is not written again:

    whose.json           which data folder these are backups of
    000012.json          a backup: when it was made, which pieces it needs, and where in them its contents are listed
    pieces/3f/3f9…       a piece, packed (gzip) and, where there are recipients, encrypted for them (age)

A piece is called by the SHA-256 of its bytes as they lie there, so anybody can tell a whole one from a damaged one
(`sha256sum`) and nobody needs a key for it. What it holds is known by a hash that is keyed with the secret of the data
folder: whoever keeps the copies can test no guess. What holds no answers in clear needs no clear copy: which file is
made of which pieces is in pieces itself.

Pieces are single files, not parts of one for each backup, for two reasons: what was erased goes with the last backup
that needs it, and nothing tells in which of two backups of a day an anonymous response came first.

Kept programs do not do this: restic, Borg, Kopia and rustic encrypt with a key that the server has, so it can read its
own backups; duplicity encrypts for a recipient, but a damaged link of its chain costs all that come after it.
"""
