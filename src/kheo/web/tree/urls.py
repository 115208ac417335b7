"""Addresses of this job."""

from django.urls import path

from kheo.web.tree.views import show_branch, show_events, show_flows, show_tree, show_unit

urlpatterns = [
    path("", show_tree, name="tree"),
    path("su-kien/", show_events, name="events"),
    path("don-vi/<int:unit>/", show_unit, name="unit"),
    path("don-vi/<int:unit>/truc-thuoc/", show_branch, name="branch"),
    path("don-vi/<int:unit>/sap-xep/", show_flows, name="flows"),
]
