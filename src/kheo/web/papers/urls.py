"""Addresses of this job."""

from django.urls import path

from kheo.web.papers import views

urlpatterns = [
    path("bao-cao/<int:obligation>/lan/<int:number>/<str:name>", views.report_paper, name="report_paper"),
    path("duyet/<int:cycle>/<int:unit>/giay-to/", views.show_papers, name="recipient_papers"),
    path("duyet/<int:cycle>/<int:unit>/giay-to/<str:name>", views.recipient_paper, name="recipient_paper"),
    path("duyet/<int:cycle>/<int:unit>/don-doc", views.call_in, name="call_in"),
    path("duyet/<int:cycle>/<int:unit>/don-doc/<int:letter>/<str:name>", views.call_in_letter, name="call_in_letter"),
]
