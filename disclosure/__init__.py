"""What an agency discloses (主动公开); knows nothing of requests."""
