"""The demo: a city with people, processes and proposals, played through the packages' own actions."""
