"""Addresses of this job."""

from django.urls import path

from kheo.web.tree.change_views import preview_file, send_file
from kheo.web.tree.undo_views import undo_batch, undo_event
from kheo.web.tree.views import show_branch, show_events, show_flows, show_gaps, show_tree, show_unit

urlpatterns = [
    path("", show_tree, name="tree"),
    path("chua-co-cong-doan/", show_gaps, name="gaps"),
    path("su-kien/", show_events, name="events"),
    path("su-kien/<int:event>/huy/", undo_event, name="undo_event"),
    path("su-kien/dot/<int:batch>/huy/", undo_batch, name="undo_batch"),
    path("su-kien/tu-tep/", send_file, name="send_changes"),
    path("su-kien/tu-tep/<int:file>/", preview_file, name="preview_changes"),
    path("don-vi/<int:unit>/", show_unit, name="unit"),
    path("don-vi/<int:unit>/truc-thuoc/", show_branch, name="branch"),
    path("don-vi/<int:unit>/sap-xep/", show_flows, name="flows"),
]
