"""What is put together for whom: the overview, tables for people, workbooks; every figure by way of `Metrics`."""
