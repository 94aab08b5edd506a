"""RUN: import, build, check and report, by hand or on a schedule."""
