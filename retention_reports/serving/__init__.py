"""Shows a client's report in the browser while it is worked on."""
