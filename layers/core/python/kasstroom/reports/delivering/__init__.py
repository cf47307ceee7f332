"""Reports as files: made by a run, once or by schedule, kept, and sent."""
