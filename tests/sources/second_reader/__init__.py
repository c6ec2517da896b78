"""The second reader, against a model on this machine."""
