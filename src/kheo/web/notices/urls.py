"""Addresses of this job."""

from django.urls import path

from kheo.web.notices import views

urlpatterns = [
    path("", views.show_notices, name="notices"),
    path("da-doc", views.mark_read, name="mark_read"),
    path("cach-nhan/", views.show_settings, name="notice_settings"),
    path("cach-nhan/luu", views.choose, name="choose_channels"),
    path("cach-nhan/<str:channel>/<str:step>", views.change_address, name="change_address"),
]
