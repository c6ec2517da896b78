"""Fetching pages politely: by a site's own rules, one request at a time, within limits."""
