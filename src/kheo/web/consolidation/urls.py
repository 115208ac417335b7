"""Addresses of this job."""

from django.urls import path

from kheo.web.consolidation.views import download, show_table, show_units

urlpatterns = [
    path("<int:cycle>/<int:unit>/", show_table, name="consolidated"),
    path("<int:cycle>/<int:unit>/o/<str:key>/", show_units, name="cell_units"),
    path("<int:cycle>/<int:unit>/tai/<str:name>", download, name="download"),
]
