"""Addresses of this job."""

from django.urls import path

from kheo.web.public import views

urlpatterns = [
    path("", views.start, name="public_start"),
    path("theo-doi/", views.follow, name="public_follow"),
    path("khieu-nai-to-cao/", views.complaints, name="public_complaints"),
    path("<slug:code>/", views.form, name="public_form"),
]
