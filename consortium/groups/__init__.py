"""The council's working groups: what each is for, who belongs to it since when, who leads it."""
