"""Which places lie right below one, without a look at everything that lies there."""

from psycopg import ClientCursor

from survey.storage.postgresql.connections import Cursor
from survey.storage.postgresql.schema import OF_PLACES
from survey.storage.postgresql.statements import AFTER_ALL

# From one place to the next, over all that lies below the same part: so as many steps as there are parts.
_OF_TABLE = """
    WITH RECURSIVE found (place) AS (
        (SELECT min(place) FROM {table} WHERE place > %(below)s AND place < %(end)s)
        UNION ALL
        SELECT (
            SELECT min(place) FROM {table} AS later
            WHERE later.place < %(end)s AND later.place > CASE
                WHEN strpos(substr(found.place, length(%(below)s) + 1), '/') = 0 THEN found.place
                ELSE %(below)s || split_part(substr(found.place, length(%(below)s) + 1), '/', 1) || '/~'
            END
        ) FROM found WHERE found.place IS NOT NULL
    )
    SELECT place FROM found WHERE place IS NOT NULL
"""
BELOW = "; ".join(_OF_TABLE.format(table=table) for table in OF_PLACES)


def parts_below(cursor: Cursor, name: str) -> list[str]:
    """The next parts of the places below a place, sorted, by how that is written."""
    below = f"{name}/" if name else ""
    parts: set[str] = set()
    # All tables are asked in one message, which no other kind of cursor can say.
    with ClientCursor(cursor.connection) as asking:
        asking.execute(BELOW, {"below": below, "end": below + AFTER_ALL})
        while True:
            parts.update(place.removeprefix(below).split("/")[0] for (place,) in asking.fetchall())
            if not asking.nextset():
                return sorted(parts)
