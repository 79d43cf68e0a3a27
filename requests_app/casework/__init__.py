"""Staff's work on requests: models, worklist, case page, steps, entry."""
