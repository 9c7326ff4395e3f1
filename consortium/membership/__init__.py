"""Who belongs to the council: applications, their review, members, the public directory."""
