"""What happens by the clock: each job is one function that a test can call once."""
