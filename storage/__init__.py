"""What Quwen remembers: tables, queries, search, the outbox, and their migrations.

Functions take a session and answer with plain values; `Database` opens sessions.

    database       the one door: transactions, upgrade, errors
    ingest         store a page that was read; each happening becomes one event
    intake         what was handed in by hand, until somebody says whether to store it
    events         questions about events
    filters        which events a chat asks for
    views          what the questions answer with
    saved          filters kept for buttons
    chats          who talks with us
    subscriptions  what a chat wants and when
    outbox         digests and what is on its way
    rhythm         when a weekly digest is due
    cleaning       what is thrown away after its time
    overview       the whole database in numbers
    copying        all rows from one database into another
    backup         all rows as a file, and back
    checking       whether a database is as it should be

Behind them:

    engine, upgrade, migrations   connections, and the tables' shape through the versions
    tables_*, base, columns       the tables
    merge, told, joining          when two reports tell one happening, and finding it
    search, text, conditions      every substring, and what a filter asks for
    counters, sqlite_files        what copies and backups need: ids given out, files as wholes
    search_check                  whether the search index holds what it should
"""
