"""How sources stand, the ledger of their issues, pages remembered, and notes to operators in the outbox.

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# SQLite counts up by itself only in its own INTEGER.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
INDEXES: dict[str, tuple[list[str], str]] = {  # of the outbox, with what they hold of it
    "ix_delivery_chat_id": (["chat_id"], ""),
    "ix_delivery_digest_id": (["digest_id"], ""),
    "ix_delivery_failed": (["done_at"], "state = 'failed'"),
    "ix_delivery_pending": (["not_before", "id"], "state = 'pending'"),
}


def upgrade() -> None:
    """Make the tables, and let deliveries be without a subscription."""
    op.create_table(
        "source_state",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("looked_at", MOMENT, nullable=True),
        sa.Column("next_look_at", MOMENT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("excused_until", sa.Date(), nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source", name="pk_source_state"),
    )
    op.create_table(
        "issue",
        sa.Column("id", KEY, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("listed_at", MOMENT, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("held_as", sa.Text(), nullable=True),
        sa.Column("accepted_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_issue"),
        sa.UniqueConstraint("source", "day", name="uq_issue_source_day"),
    )
    op.create_table(
        "issue_article",
        sa.Column("id", KEY, nullable=False),
        sa.Column("issue_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reference", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=True),
        sa.Column("flaws", sa.JSON(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fetched_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_issue_article_issue_id_issue"),
        sa.PrimaryKeyConstraint("id", name="pk_issue_article"),
        sa.UniqueConstraint("issue_id", "url", name="uq_issue_article_issue_id_url"),
    )
    op.create_index("ix_issue_article_state", "issue_article", ["issue_id", "state"])
    op.create_index("ix_issue_article_url", "issue_article", ["url"])
    op.create_table(
        "remembered",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("source", "url", name="pk_remembered"),
    )
    _set_subscription(nullable=True)
    only_notes = sa.text("subscription_id IS NULL")
    op.create_index(
        "uq_delivery_note",
        "delivery",
        ["chat_id", "occasion", "part"],
        unique=True,
        sqlite_where=only_notes,
        postgresql_where=only_notes,
    )


def downgrade() -> None:
    """Remove them; notes to operators are lost."""
    op.drop_index("uq_delivery_note", "delivery")
    op.execute(sa.text("DELETE FROM delivery WHERE subscription_id IS NULL"))
    _set_subscription(nullable=False)
    for table in ("remembered", "issue_article", "issue", "source_state"):
        op.drop_table(table)


def _set_subscription(*, nullable: bool) -> None:
    """SQLite makes the table anew for that, which would forget which ids were given out, and its indexes."""
    connection = op.get_bind()
    on_file = connection.dialect.name == "sqlite"
    given = sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'delivery'")
    last = connection.scalar(given) if on_file else None
    if on_file:
        for name in INDEXES:
            op.drop_index(name, "delivery")
    with op.batch_alter_table("delivery", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.alter_column("subscription_id", existing_type=KEY, nullable=nullable)
    if not on_file:
        return
    for name, (columns, only) in INDEXES.items():
        op.create_index(name, "delivery", columns, sqlite_where=sa.text(only) if only else None)
    if last is not None:
        connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'delivery'"))
        connection.execute(
            sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('delivery', :last)"), {"last": last}
        )
