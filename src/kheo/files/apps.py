from django.apps import AppConfig


class FilesRoom(AppConfig):
    name = "kheo.files"
    label = "files"
