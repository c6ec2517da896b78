"""Measures speed, memory and start-up: `python -m tests.bench` (or `make bench`); no test asserts a time."""
