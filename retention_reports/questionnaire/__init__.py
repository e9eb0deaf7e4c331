"""The standard sales-check questionnaire, `standard.toml`, used when a client's folder brings none of its own."""
