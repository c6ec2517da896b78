"""Text in, events out: pages into articles, clauses, names, dates and mentions of events. Pure functions."""
