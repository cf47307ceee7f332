"""Reports as spreadsheets."""
