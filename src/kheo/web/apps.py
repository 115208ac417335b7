from django.apps import AppConfig


class WebRoom(AppConfig):
    name = "kheo.web"
    label = "web"
