"""What the documents print is what the commands print."""
