"""Addresses of this job."""

from django.urls import path

from kheo.web.consolidation.structure_views import choose_structure, download_structure, show_outside, show_structure, show_trend
from kheo.web.consolidation.views import download, show_table, show_units

urlpatterns = [
    path("<int:cycle>/<int:unit>/", show_table, name="consolidated"),
    path("<int:cycle>/<int:unit>/o/<str:key>/", show_units, name="cell_units"),
    path("<int:cycle>/<int:unit>/tai/<str:name>", download, name="download"),
    path("<int:cycle>/<int:unit>/theo-cay/", choose_structure, name="choose_structure"),
    path("<int:cycle>/theo-cay/<str:line>/<str:day>/<int:unit>/ngoai-cay/", show_outside, name="structure_outside"),
    path("<int:cycle>/theo-cay/<str:line>/<str:day>/<int:unit>/", show_structure, name="structure_table"),
    path("<int:cycle>/theo-cay/<str:line>/<str:day>/<int:unit>/dien-bien/", show_trend, name="trend"),
    path("<int:cycle>/theo-cay/<str:line>/<str:day>/<int:unit>/tai/<str:name>", download_structure, name="structure_download"),
]
