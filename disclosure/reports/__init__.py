"""Annual reports on disclosure work (政府信息公开工作年度报告)."""
