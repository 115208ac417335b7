"""Addresses of this job."""

from django.urls import URLPattern, path

from kheo.web.dispatching import views

urlpatterns: list[URLPattern] = [
    path("<int:cycle>/<int:unit>/", views.received, name="dispatches_received"),
    path("<int:dispatch>/", views.show, name="dispatch"),
    path("<int:dispatch>/gui", views.send, name="send_dispatch"),
    path("<int:dispatch>/tiep-nhan", views.take_in, name="acknowledge_dispatch"),
    path("<int:dispatch>/nhan-tin", views.write, name="write_about_dispatch"),
    path("<int:dispatch>/<int:number>/bao-cao.docx", views.download, name="dispatch_paper"),
]
