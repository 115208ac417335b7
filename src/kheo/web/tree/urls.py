"""Addresses of this job."""

from django.urls import path

from kheo.web.tree.change_views import preview_file, send_file
from kheo.web.tree.gap_views import answer_gap
from kheo.web.tree.import_views import import_result, import_units, send_table, table_sample
from kheo.web.tree.undo_views import undo_batch, undo_event
from kheo.web.tree.views import download_flows, find_place, show_branch, show_events, show_flows, show_gaps, show_tree, show_unit

urlpatterns = [
    path("", show_tree, name="tree"),
    path("chua-co-cong-doan/", show_gaps, name="gaps"),
    path("chua-co-cong-doan/<int:unit>/", answer_gap, name="answer_gap"),
    path("su-kien/", show_events, name="events"),
    path("su-kien/<int:event>/huy/", undo_event, name="undo_event"),
    path("su-kien/dot/<int:batch>/huy/", undo_batch, name="undo_batch"),
    path("su-kien/tu-tep/", send_file, name="send_changes"),
    path("su-kien/tu-tep/<int:file>/", preview_file, name="preview_changes"),
    path("nhap-danh-sach/", send_table, name="send_table"),
    path("nhap-danh-sach/bang-vi-du.xlsx", table_sample, name="table_sample"),
    path("nhap-danh-sach/<int:number>/", import_units, name="import_units"),
    path("nhap-danh-sach/<int:number>/ket-qua.csv", import_result, name="import_result"),
    path("don-vi/<int:unit>/", show_unit, name="unit"),
    path("don-vi/<int:unit>/truc-thuoc/", show_branch, name="branch"),
    path("don-vi/<int:unit>/truc-thuoc/cho/", find_place, name="place_below"),
    path("don-vi/<int:unit>/sap-xep/", show_flows, name="flows"),
    path("don-vi/<int:unit>/sap-xep/tai-ve/<str:name>", download_flows, name="flows_file"),
]
