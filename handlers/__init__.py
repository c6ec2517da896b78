"""What a chat can ask: one file for each family of commands."""
