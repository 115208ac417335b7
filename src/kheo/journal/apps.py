from django.apps import AppConfig


class JournalRoom(AppConfig):
    name = "kheo.journal"
    label = "journal"
