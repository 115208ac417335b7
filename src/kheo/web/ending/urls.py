"""Addresses of this job."""

from django.urls import path

from kheo.web.ending.views import decide

urlpatterns = [path("<int:obligation>/don-vi-cu/", decide, name="decide_on_ended")]
