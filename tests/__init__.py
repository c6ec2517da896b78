"""The mirror of the rooms, a fake Bot API server, and whole journeys."""
