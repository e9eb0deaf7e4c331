"""Reports onto the disk: old or new, each whole."""
