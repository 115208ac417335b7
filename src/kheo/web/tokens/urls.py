"""Addresses of this job."""

from django.urls import URLPattern, path

from kheo.web.tokens import views

urlpatterns: list[URLPattern] = [
    path("", views.tokens, name="access_tokens"),
    path("<int:token>/thu-hoi", views.revoke, name="revoke_token"),
]
