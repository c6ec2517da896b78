"""Tests of `jobs/collecting/`."""
