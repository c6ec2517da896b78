"""The roof: settings, command line, application, console."""
