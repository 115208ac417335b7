"""Addresses of this job."""

from django.urls import URLPattern, path

from kheo.web.drafting import views

urlpatterns: list[URLPattern] = [
    path("", views.draftings, name="draftings"),
    path("<int:drafting>/", views.drafting, name="drafting"),
    path("<int:drafting>/nhap.yaml", views.drafting_file, name="drafting_file"),
    path("<int:drafting>/bo", views.discard, name="discard_drafting"),
    path("<int:drafting>/cong-bo", views.publish, name="publish_drafting"),
]
