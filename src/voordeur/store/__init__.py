"""The one Django app: models (data and constraints), queries (the only way to a person), conversion to core values."""
