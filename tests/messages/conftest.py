"""Property tests try the same examples each time: a gate must not depend on luck."""

from hypothesis import settings

settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.load_profile("same")
