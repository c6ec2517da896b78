"""What the bot says, read back."""
