"""Who may do what with the meetings of a body. Roles are granted in the scope of the body, whatever kind it is."""

LEAD, MEMBER, ADVISER = "lead", "member", "adviser"
