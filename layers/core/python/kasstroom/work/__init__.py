"""The desk: what waits for a person, and who sits there."""
