"""The rows of each report that is read from the books."""
