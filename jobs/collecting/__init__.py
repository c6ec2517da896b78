"""Collecting: one look at a source, its issues read into the ledger, then stored."""
