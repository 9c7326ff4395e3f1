"""Organisations agree to rules: article by article, with a name, on record for everybody."""
