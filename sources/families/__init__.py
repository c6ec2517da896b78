"""Families of papers and sites: each file reads the pages of one from bytes, and fetches nothing."""
