"""The register in words: decisions for the first page, and what became of the last ones."""
