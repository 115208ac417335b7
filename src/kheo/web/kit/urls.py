"""The address of the kit."""

from django.urls import path

from kheo.web.kit.views import show_kit

urlpatterns = [path("_kit", show_kit, name="kit")]
