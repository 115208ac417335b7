"""SQL that the statements behind digests share: who is reached, and when was told last. Never anything from outside."""

# `post` and `%(day)s` come from the statement; it tells `person`, `chosen` (preferences) and `last.day`, the digest before this one.
PEOPLE = """
    JOIN people_user person ON person.id = post.user_id AND person.is_active
    LEFT JOIN notices_preferences chosen ON chosen.person_id = post.user_id
    LEFT JOIN LATERAL (
         SELECT max(digest.day) AS day FROM notices_digest digest
          WHERE digest.person_id = post.user_id AND digest.day < %(day)s) AS last ON true"""
