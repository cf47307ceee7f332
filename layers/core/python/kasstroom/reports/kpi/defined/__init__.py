"""What each KPI is called, how it is worked out and who defined it so: one file per theme."""
