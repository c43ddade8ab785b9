"""Webhooks: who wants to hear of events (`hooks`), where they may be sent (`addresses`), and how they get there
(`sending`). What happens is put down by `scheduling.announcing`."""
