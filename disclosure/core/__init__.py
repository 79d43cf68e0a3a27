"""Small things shared by all rooms: errors, days, encryption, rich text, paging. No models."""
