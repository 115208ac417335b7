from django.apps import AppConfig


class RegistersRoom(AppConfig):
    name = "kheo.registers"
    label = "registers"
