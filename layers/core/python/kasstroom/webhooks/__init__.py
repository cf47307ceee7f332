"""Outgoing webhooks: what happened here, told to the systems of an organisation."""
