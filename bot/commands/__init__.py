"""The commands of `quwen`, one module each with an attribute `command`; heavy imports wait for the call."""
