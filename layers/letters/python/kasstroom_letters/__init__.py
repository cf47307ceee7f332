"""Letters on paper: the PDF of one letter, and many as one file for the printer."""
