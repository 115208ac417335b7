"""Addresses of this job."""

from django.urls import URLPattern, path

from kheo.web.relaying import chain_views, relay_views, views

urlpatterns: list[URLPattern] = [
    path("<int:unit>/", views.passings, name="passings"),
    path("den/<int:passing>/", views.show, name="passing"),
    path("den/<int:passing>/da-nhan", views.acknowledge, name="acknowledge_passing"),
    path("den/<int:passing>/tep", views.paper_file, name="passing_file"),
    path("tu/<int:arrival>/", relay_views.relay, name="relay"),
    path("di/<int:issue>/", relay_views.pass_issue, name="pass_issue"),
    path("chuoi/<int:root>/<int:unit>/", chain_views.chain, name="chain"),
    path("chuoi/<int:root>/<int:unit>/nhac", chain_views.remind, name="remind_chain"),
]
