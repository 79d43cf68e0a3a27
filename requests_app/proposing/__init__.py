"""From an answered request to a proactive publication (Art. 44): proposed by staff, suggested by
applicants, flagged where several ask for the same. Nothing of an applicant goes along."""
