"""The register of requests (依申请公开登记簿): on screen, on paper, as XLSX; always masked."""
