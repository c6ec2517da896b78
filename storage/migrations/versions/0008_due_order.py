"""The index of due subscriptions in the whole order in which they are gone through.

Revision 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it anew, with the id."""
    _index("next_due_at", "id")


def downgrade() -> None:
    """Make it anew, without."""
    _index("next_due_at")


def _index(*columns: str) -> None:
    op.drop_index("ix_subscription_due", "subscription")
    op.create_index(
        "ix_subscription_due",
        "subscription",
        columns,
        sqlite_where=sa.text("state = 'active'"),
        postgresql_where=sa.text("state = 'active'"),
    )
