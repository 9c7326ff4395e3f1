"""KPIs: what was promised for which year, what became of it, and from where each figure comes (docs/kpis.md)."""
