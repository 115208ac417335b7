"""Addresses of this job."""

from django.urls import URLPattern, path

from kheo.web.replacing import views

urlpatterns: list[URLPattern] = [
    path("<int:campaign>/ket-thuc/<int:link>/", views.end, name="end_campaign"),
    path("ket-thuc/<int:ending>/lay-lai", views.take_back, name="take_back_ending"),
]
