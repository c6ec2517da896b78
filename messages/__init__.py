"""What the bot says: document trees, their wording in two languages, and how they are rendered."""
