"""What the meeting needs, from the same report: slides, a page for the owner, a draft of an e-mail."""
