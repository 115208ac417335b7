from django.apps import AppConfig


class CampaignsRoom(AppConfig):
    name = "kheo.campaigns"
    label = "campaigns"
