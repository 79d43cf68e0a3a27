"""The processing fee (信息处理费, Art. 42): what a request costs and why, for whom it is lawful."""
