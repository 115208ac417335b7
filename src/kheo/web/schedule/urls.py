"""Addresses of this job."""

from django.urls import path

from kheo.web.schedule.views import answer, ask, extend, show_schedule

urlpatterns = [
    path("<int:cycle>/<int:unit>/", show_schedule, name="schedule"),
    path("<int:cycle>/<int:unit>/gia-han/", extend, name="extend"),
    path("xin/<int:obligation>/", ask, name="ask_extension"),
    path("tra-loi/<int:obligation>/", answer, name="answer_extension"),
]
