"""The outside world of the local environment: a payment provider, a telephone and their senders.

Deployed by the local environment only; no part of the product imports it.
"""
