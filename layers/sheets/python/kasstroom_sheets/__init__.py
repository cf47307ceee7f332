"""Reports as spreadsheets and as paper."""
