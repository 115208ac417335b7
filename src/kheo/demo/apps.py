from django.apps import AppConfig


class DemoRoom(AppConfig):
    name = "kheo.demo"
    label = "demo"
