from django.apps import AppConfig


class ReportsRoom(AppConfig):
    name = "kheo.reports"
    label = "reports"
