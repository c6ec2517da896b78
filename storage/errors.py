"""What can be wrong with the database, each with a message that says what to do."""


class DatabaseError(Exception):
    """The database cannot be used; the message is fit for the person who runs Quwen and holds no password."""


class WrongDatabaseUrl(DatabaseError):  # noqa: N818
    """The address is not one that Quwen understands."""


class LockedDatabase(DatabaseError):  # noqa: N818
    """Another program has held the SQLite file, or a lock of PostgreSQL, for longer than we wait."""


class NotOurDatabase(DatabaseError):  # noqa: N818
    """The file is no SQLite file, or the database belongs to another program. Nothing in it was changed."""


class NewerDatabase(DatabaseError):  # noqa: N818
    """A newer Quwen made the database; this one does not know its shape."""


class OlderDatabase(DatabaseError):  # noqa: N818
    """An older Quwen made the database, and what was asked for needs it up to date."""


class FilledDatabase(DatabaseError):  # noqa: N818
    """There are rows in a database that is to be filled. Nothing in it was changed."""


class DamagedDatabase(DatabaseError):  # noqa: N818
    """The file is broken inside."""


class DatabaseUnreachable(DatabaseError):  # noqa: N818
    """The server does not answer or turns us away, or the file cannot be opened."""
