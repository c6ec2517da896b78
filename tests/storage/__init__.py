"""Tests of what Quwen remembers, on both databases."""
