"""Addresses of this job."""

from django.urls import path

from kheo.web.discipline.views import show_discipline

urlpatterns = [path("<int:cycle>/<int:unit>/", show_discipline, name="discipline")]
