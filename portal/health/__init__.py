"""For machines: healthz, readyz, robots.txt, sitemap."""
