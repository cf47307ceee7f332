"""The story of `make demo`: a wholesaler's open items become money, through the public doors."""
