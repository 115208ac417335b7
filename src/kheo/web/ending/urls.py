"""Addresses of this job."""

from django.urls import path

from kheo.web.ending.views import decide, decide_many, show_waiting

urlpatterns = [
    path("<int:obligation>/don-vi-cu/", decide, name="decide_on_ended"),
    path("don-vi-cu/<int:cycle>/<int:unit>/", show_waiting, name="waiting_reports"),
    path("don-vi-cu/<int:cycle>/<int:unit>/quyet-dinh", decide_many, name="decide_many"),
]
