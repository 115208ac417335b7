"""Addresses of this job."""

from django.urls import URLPattern, path

from kheo.web.filling import entries, views

urlpatterns: list[URLPattern] = [
    path("<int:obligation>/", views.report, name="report"),
    path("<int:obligation>/luu", views.save_report, name="save_report"),
    path("<int:obligation>/nop", views.submit, name="submit_report"),
    path("<int:obligation>/bien-nhan/<int:number>/", views.receipt, name="receipt"),
    path("<int:obligation>/bo-sung", views.revise, name="revise_report"),
    path("<int:obligation>/rut-lai", views.recall, name="recall_report"),
    path("<int:obligation>/giu-ban-da-gui", views.keep, name="keep_as_sent"),
    path("<int:obligation>/<str:cell>/ho-so/", entries.counted_entries, name="counted_entries"),
    path("<int:obligation>/so-sanh/", views.compare, name="compare_revisions"),
    path("<int:obligation>/lich-su/", views.history, name="report_history"),
]
