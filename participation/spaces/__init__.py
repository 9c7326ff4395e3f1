"""Processes, their phases and components, living areas, categories, and the site itself."""
