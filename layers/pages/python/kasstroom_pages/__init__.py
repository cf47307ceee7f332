"""What debtors see: payer pages, messages and the documentation page, as text and HTML."""
