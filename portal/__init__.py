"""The site around the two apps: settings, addresses, front page; knows all, known by nobody."""
