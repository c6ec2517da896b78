"""Whole journeys: the real application, real HTTP, real long polling; only Telegram is played.

With QUWEN_BOT_API_URL set, they run against the server there instead of our own fake.
"""
