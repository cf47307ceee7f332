"""A credit insurer: signing in, looking companies up, and covers that are decided later."""
