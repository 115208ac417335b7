from django.apps import AppConfig


class PeopleRoom(AppConfig):
    name = "kheo.people"
    label = "people"
