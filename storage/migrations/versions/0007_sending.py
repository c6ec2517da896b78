"""When a sending began and how often it was cut off; topics that are closed; the operator's pause.

Revision 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and make the tables."""
    op.add_column("delivery", sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("delivery", sa.Column("cut_offs", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "closed_topic",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="fk_closed_topic_chat_id_chat"),
        sa.PrimaryKeyConstraint("chat_id", "topic_id", name="pk_closed_topic"),
    )
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pause"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("pause")
    op.drop_table("closed_topic")
    op.drop_column("delivery", "cut_offs")
    op.drop_column("delivery", "begun_at")
