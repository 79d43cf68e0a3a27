"""The applicant's form: fill in, review, receipt."""
