"""Addresses of this job."""

from django.urls import URLPattern, path

from kheo.web.composing import views

urlpatterns: list[URLPattern] = [
    path("<int:obligation>/muc/<str:section>/", views.compose, name="compose"),
    path("<int:obligation>/nguon/<str:section>/", views.sources, name="passage_sources"),
]
