"""What the public page of figures counts of requests: by the conditions of the annual report."""
