"""Addresses of this job."""

from django.urls import URLPattern, path

from kheo.web.home.views import home

urlpatterns: list[URLPattern] = [path("", home, name="home")]
