"""The applicant's page, by number and access code."""
