"""Addresses of this job."""

from django.urls import URLPattern, path

from kheo.web.proposing import views

urlpatterns: list[URLPattern] = [
    path("bao-cao/<int:obligation>/", views.of_report, name="proposals_of_report"),
    path("<int:cycle>/<int:unit>/", views.of_unit, name="proposals"),
    path("<int:cycle>/<int:unit>/gop", views.merge, name="merge_proposals"),
    path("<int:cycle>/don-vi-cu/<int:holder>/", views.left, name="proposals_left"),
    path("<int:proposal>/", views.show, name="proposal"),
    path("<int:proposal>/viec", views.move, name="move_proposal"),
]
