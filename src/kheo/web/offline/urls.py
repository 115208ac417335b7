"""Addresses of this job. The worker stands at the root, since it answers for every page below its own address."""

from django.urls import URLPattern, path

from kheo.web.offline import views

urlpatterns: list[URLPattern] = [
    path("khong-mang.js", views.worker, name="offline_worker"),
    path("khong-mang/", views.absent, name="offline"),
]
