"""Static files in production: named after their content, so that browsers keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Scripts name the modules they import by content as well: a new version never mixes with an old one in a browser."""

    support_js_module_import_aggregation = True
