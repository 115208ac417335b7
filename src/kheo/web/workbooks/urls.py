"""Addresses of this job."""

from django.urls import URLPattern, path

from kheo.web.workbooks import views

urlpatterns: list[URLPattern] = [
    path("bao-cao/<int:obligation>/tep-excel", views.own_workbook, name="unit_workbook"),
    path("bao-cao/<int:obligation>/nop-excel", views.upload_for, name="upload_for_report"),
    path("duyet/<int:cycle>/<int:unit>/tep-excel.zip", views.all_workbooks, name="unit_workbooks"),
    path("nop-excel/", views.upload, name="workbook_upload"),
    path("nop-excel/<int:batch>/", views.batch, name="workbook_batch"),
    path("nop-excel/<int:batch>/doc-tiep", views.read_on, name="workbook_read_on"),
    path("nop-excel/<int:batch>/nhan", views.store_many, name="workbook_store_many"),
    path("nop-excel/tep/<int:file>/", views.file, name="workbook_file"),
    path("nop-excel/tep/<int:file>/ban-danh-dau", views.marked, name="workbook_marked"),
]
