"""Which voices a service, a pilot, an improvement or a challenge came from, and who is behind them."""
