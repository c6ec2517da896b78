"""The roof: settings, command line, and the application put together."""
