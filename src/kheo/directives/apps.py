from django.apps import AppConfig


class DirectivesRoom(AppConfig):
    name = "kheo.directives"
    label = "directives"
