"""Addresses of this job."""

from django.urls import URLPattern, path

from kheo.web.evidence import views

urlpatterns: list[URLPattern] = [
    path("<int:obligation>/minh-chung/<str:content>/", views.evidence, name="evidence"),
    path("<int:obligation>/minh-chung/<int:attachment>/bo", views.remove, name="remove_evidence"),
    path("<int:obligation>/minh-chung/<int:attachment>/chu-thich", views.caption, name="caption_evidence"),
    path("<int:obligation>/minh-chung/<int:attachment>/tep", views.whole_file, name="evidence_file"),
    path("<int:obligation>/minh-chung/<int:attachment>/nho", views.thumbnail, name="evidence_thumbnail"),
]
