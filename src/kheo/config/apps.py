from django.apps import AppConfig


class ConfigRoom(AppConfig):
    name = "kheo.config"
    label = "config"
