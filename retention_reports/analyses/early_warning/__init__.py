"""Early warning: which active customers may leave, why, and whether such signs came true before."""
