"""Ready pipelines for GitHub and GitLab, as the files that they are."""
