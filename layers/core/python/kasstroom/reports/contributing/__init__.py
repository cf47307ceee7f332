"""What each kind of entity contributes to the figures: one file per context, pure."""
