"""`python -m retention_reports`."""

from retention_reports.cli import main

if __name__ == "__main__":
    main()
