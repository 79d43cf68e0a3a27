"""China's working days (工作日): a committed table, staff's rows over it, pure counting."""
