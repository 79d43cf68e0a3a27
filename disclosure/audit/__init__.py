"""The audit trail (操作日志): append-only; write it through `trail.record` alone."""
