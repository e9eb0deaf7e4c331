"""One module a command: options in, messages and an exit code out.

Exit codes: 0 done; 1 a client failed (its data, or writing its report); 2 wrong use (unknown client, quarter, option).
"""
