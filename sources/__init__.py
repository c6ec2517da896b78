"""Where pages come from: files now, papers and sites later."""
