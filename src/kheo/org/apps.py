from django.apps import AppConfig


class OrgRoom(AppConfig):
    name = "kheo.org"
    label = "org"
