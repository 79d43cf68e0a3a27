"""Open data: `/api/v1/`, read-only, without cookies, for anyone; only what the pages show."""
