"""What finance looks at in QuickSight."""

from infra.dashboards.stack import DashboardsStack

__all__ = ["DashboardsStack"]
