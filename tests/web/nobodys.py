"""The pages that are about nobody's report or entry, with where it is tested who sees them."""

# Pages about nobody's report: the home page is each person's own; the rest needs no account, or is the account itself.
WITHOUT_OBJECT = {"home", "registers", "register_queue", "healthz", "kit", "account_login", "account_logout", "account_change_password"}
WITHOUT_OBJECT |= {"access_tokens", "workbook_upload", "offline", "offline_worker", "send_table", "own_posts", "accept_invitation"}
WITHOUT_OBJECT |= {"tree", "events", "send_changes", "gaps", "notices", "mark_read", "notice_settings", "choose_channels", "change_address"}
WITHOUT_OBJECT |= {"forgot_password", "set_password", "table_sample", "office_books"}
# What units that ended left, each person their own: tests/web/registers/test_left.py.
WITHOUT_OBJECT |= {"left_entries", "take_over_entries"}
# Drafts of campaigns, each unit its own: tests/web/drafting.
WITHOUT_OBJECT |= {"draftings"}
# Of people without an account: who sees what is in tests/web/public.
WITHOUT_OBJECT |= {"public_start", "public_follow", "public_complaints", "public_form"}
# What everybody may read, where the installation says so: tests/web/public/test_shown.py.
SHOWN = {"shown_start", "shown_entries", "shown_map", "shown_spots", "shown_entry", "shown_photo", "shown_thumbnail"}
WITHOUT_OBJECT |= SHOWN
