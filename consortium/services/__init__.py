"""The catalogue of services: what each is, who runs it, for whom, and which data it uses and why."""
