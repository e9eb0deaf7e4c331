"""Contacts and visits: who is heard from as often as due, through whom, what visits bring, and what comes up next."""
