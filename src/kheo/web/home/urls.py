"""Addresses of this job."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
