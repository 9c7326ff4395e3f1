"""The council file: one YAML file from which a city sets up its platform (docs/council-file.md)."""
