"""The first shape: all tables, and the search index of each database.

Revision 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite counts up by itself only in its own INTEGER.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "chat",
    "digest",
    "saved_filter",
    "source",
    "event",
    "page",
    "subscription",
    "article",
    "delivery",
    "event_text",
    "mention",
)
KINDS = ("actor", "person", "area")


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "chat",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("migrated_to", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chat"),
    )
    op.create_table(
        "digest",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digest"),
        sa.UniqueConstraint("key", name="uq_digest_key"),
    )
    op.create_table(
        "saved_filter",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_saved_filter"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("home_url", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("name", name="uq_source_name"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("date_start", sa.Date(), nullable=True),
        sa.Column("date_end", sa.Date(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_event_source_id_source"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("public_id", name="uq_event_public_id"),
    )
    op.create_index("ix_event_day", "event", ["first_day", "id"])
    op.create_index("ix_event_told", "event", ["told_on"])
    op.create_index("ix_event_type_day", "event", ["type", "first_day", "id"])
    op.create_index("ix_event_type_told", "event", ["type", "told_on"])
    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_on_source", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_page_source_id_source"),
        sa.PrimaryKeyConstraint("id", name="pk_page"),
        sa.UniqueConstraint("source_id", "identity", name="uq_page_source_id_identity"),
    )
    op.create_index("ix_page_issued_on", "page", ["issued_on"])
    op.create_table(
        "subscription",
        sa.Column("id", KEY, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("types", sa.JSON(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_period_end", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="fk_subscription_chat_id_chat"),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscription_chat_id", "subscription", ["chat_id"])
    op.create_index(
        "ix_subscription_due",
        "subscription",
        ["next_due_at"],
        sqlite_where=sa.text("state = 'active'"),
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_index(
        "ix_subscription_paused",
        "subscription",
        ["paused_until"],
        sqlite_where=sa.text("state = 'paused'"),
        postgresql_where=sa.text("state = 'paused'"),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("page_order", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("reprint_of", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_article_page_id_page"),
        sa.ForeignKeyConstraint(["reprint_of"], ["article.id"], name="fk_article_reprint_of_article"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
    )
    op.create_index("ix_article_page_id", "article", ["page_id"])
    op.create_index("ix_article_told_on", "article", ["told_on"])
    op.create_table(
        "delivery",
        sa.Column("id", KEY, nullable=False),
        sa.Column("subscription_id", KEY, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=True),
        sa.Column("digest_id", KEY, nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name="fk_delivery_chat_id_chat"),
        sa.ForeignKeyConstraint(["digest_id"], ["digest.id"], name="fk_delivery_digest_id_digest"),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscription.id"], name="fk_delivery_subscription_id_subscription"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint(
            "subscription_id", "occasion", "part", name="uq_delivery_subscription_id_occasion_part"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delivery_chat_id", "delivery", ["chat_id"])
    op.create_index("ix_delivery_digest_id", "delivery", ["digest_id"])
    op.create_index(
        "ix_delivery_failed",
        "delivery",
        ["done_at"],
        sqlite_where=sa.text("state = 'failed'"),
        postgresql_where=sa.text("state = 'failed'"),
    )
    op.create_index(
        "ix_delivery_pending",
        "delivery",
        ["not_before", "id"],
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "event_text",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_text_event_id_event"),
        sa.PrimaryKeyConstraint("event_id", name="pk_event_text"),
    )
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_mention_article_id_article"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_mention_event_id_event"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_mention_page_id_page"),
        sa.PrimaryKeyConstraint("id", name="pk_mention"),
    )
    op.create_index("ix_mention_article", "mention", ["article_id"])
    op.create_index("ix_mention_event", "mention", ["event_id"])
    op.create_index("ix_mention_page_id", "mention", ["page_id"])
    for kind in KINDS:
        op.create_table(
            kind,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("name", sa.Text(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=f"pk_{kind}"),
            sa.UniqueConstraint("name", name=f"uq_{kind}_name"),
        )
        op.create_table(
            f"event_{kind}",
            sa.Column("event_id", sa.Integer(), nullable=False),
            sa.Column(f"{kind}_id", sa.Integer(), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint([f"{kind}_id"], [f"{kind}.id"], name=f"fk_event_{kind}_{kind}_id_{kind}"),
            sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=f"fk_event_{kind}_event_id_event"),
            sa.PrimaryKeyConstraint("event_id", f"{kind}_id", name=f"pk_event_{kind}"),
        )
        op.create_index(f"ix_event_{kind}_{kind}_id", f"event_{kind}", [f"{kind}_id"])

    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE event_text ADD COLUMN grams tsvector NOT NULL DEFAULT ''")
        op.execute("CREATE INDEX ix_event_text_grams ON event_text USING gin (grams)")
    else:
        # The grams are made by us, so the index keeps no copy of the text. For the tokenizer `ascii`
        # whatever is not ASCII is part of a word, and `storage.search` sends no separator but a space.
        op.execute(
            "CREATE VIRTUAL TABLE event_gram USING fts5(grams, content='', columnsize=0, tokenize='ascii')"
        )


def downgrade() -> None:
    """Remove them all."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE event_gram")
    for kind in KINDS:
        op.drop_table(f"event_{kind}")
        op.drop_table(kind)
    for table in reversed(TABLES):
        op.drop_table(table)
