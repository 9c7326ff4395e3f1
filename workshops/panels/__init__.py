"""The draw of a workshop's places: seed, frozen pool, panel, invitations, replacements."""
