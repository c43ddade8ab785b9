"""Run by alembic; scheduling.store.migrate hands the connection over."""

from alembic import context

from scheduling.store import tables
from scheduling.store.base import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
assert tables.__all__
with context.begin_transaction():
    context.run_migrations()
