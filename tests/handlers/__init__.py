"""What chats can ask, through the real application and a Telegram that is played in this process."""
