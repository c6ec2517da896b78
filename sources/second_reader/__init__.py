"""A second reader, off by default: a chat-completions endpoint that reads the articles of a page."""
