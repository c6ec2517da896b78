"""Pairs of reports that tell the same happening or two (README.md), and the test of their form."""
