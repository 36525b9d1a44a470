"""The office and phone screens: thin views, forms, templates."""
