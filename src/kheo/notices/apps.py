from django.apps import AppConfig


class NoticesRoom(AppConfig):
    name = "kheo.notices"
    label = "notices"
