"""Addresses of the API."""

from django.urls import path

from kheo.api.room import api

urlpatterns = [path("v1/", api.urls)]
