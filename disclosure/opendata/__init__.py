"""What machines take along (数据开放): dumps of the catalogue, their description (DCAT), feeds,
and what pages say of themselves (JSON-LD)."""
