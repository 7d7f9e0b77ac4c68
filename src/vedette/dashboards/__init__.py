"""The one reader of Grafana dashboard JSON; pure."""
