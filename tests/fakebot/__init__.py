"""A fake Telegram Bot API over real HTTP, for the methods that Quwen uses, with users to play.

`server.FakeTelegram` serves; `world.World` plays the users and looks at what the bot did.
"""
