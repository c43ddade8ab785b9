"""The dialects: five client families, each with its own routes, shapes and words over the same use cases."""
