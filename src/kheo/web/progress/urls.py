"""Addresses of this job."""

from django.urls import path

from kheo.web.progress.views import show_progress

urlpatterns = [path("<int:cycle>/<int:unit>/", show_progress, name="progress")]
