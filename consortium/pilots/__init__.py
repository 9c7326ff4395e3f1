"""Pilots of the council's members: from a draft to a service in operation, or to an end with what was learned."""
