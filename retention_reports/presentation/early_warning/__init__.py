"""The section of early warning: who may leave next, why one may think so, and how far such signs can be trusted."""
