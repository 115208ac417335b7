"""Addresses of what everybody may read."""

from django.urls import path

from kheo.web.public import shown_views as views

urlpatterns = [
    path("", views.start, name="shown_start"),
    path("<slug:code>/", views.entries, name="shown_entries"),
    path("<slug:code>/ban-do/", views.on_map, name="shown_map"),
    path("<slug:code>/diem/", views.map_spots, name="shown_spots"),
    path("<slug:code>/<slug:number>/", views.entry, name="shown_entry"),
    path("<slug:code>/<slug:number>/anh/<int:attachment>/", views.photo, name="shown_photo"),
    path("<slug:code>/<slug:number>/anh-nho/<int:attachment>/", views.thumbnail, name="shown_thumbnail"),
]
