"""The migrations: one file a revision in `versions/`, the same for both databases."""

# Oldest first; a new revision adds its id here.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
