"""Addresses of this job."""

from django.urls import URLPattern, path

from kheo.web.office_books import (
    arrival_views,
    correcting_views,
    edxml_views,
    entry_views,
    issue_views,
    link_views,
    printing_views,
    starting_views,
    views,
)

urlpatterns: list[URLPattern] = [
    path("", views.start, name="office_books"),
    path("den/<int:unit>/", views.arrivals, name="arrivals"),
    path("di/<int:unit>/", views.issues, name="issues"),
    path("theo-doi/<int:unit>/", views.follow_up, name="follow_up"),
    path("den/<int:unit>/ghi", entry_views.enter, name="enter_arrival"),
    path("den/<int:unit>/doc", entry_views.read, name="read_arrival"),
    path("den/<int:unit>/giu-so", entry_views.reserve, name="reserve_arrival"),
    path("den/van-ban/<int:arrival>/", arrival_views.show, name="arrival"),
    path("den/van-ban/<int:arrival>/chuyen", arrival_views.hand_on, name="pass_arrival_on"),
    path("den/van-ban/<int:arrival>/ky-nhan", arrival_views.sign, name="sign_for_arrival"),
    path("den/van-ban/<int:arrival>/tien-do", arrival_views.progress, name="note_progress"),
    path("den/van-ban/<int:arrival>/sua", entry_views.correct, name="correct_arrival"),
    path("den/van-ban/<int:arrival>/huy", arrival_views.cancel, name="cancel_arrival"),
    path("so-bat-dau/<int:unit>/", starting_views.first_numbers, name="first_numbers"),
    path("di/<int:unit>/ghi", issue_views.enter, name="enter_issue"),
    path("di/<int:unit>/giu-so", issue_views.reserve, name="reserve_issue"),
    path("di/van-ban/<int:issue>/", issue_views.show, name="issue"),
    path("di/van-ban/<int:issue>/edxml", edxml_views.edxml, name="issue_edxml"),
    path("di/van-ban/<int:issue>/chuyen", issue_views.sending, name="note_sending"),
    path("di/van-ban/<int:issue>/sua", correcting_views.correct, name="correct_issue"),
    path("di/van-ban/<int:issue>/huy", issue_views.cancel, name="cancel_issue"),
    path("in/<int:unit>/<str:kind>/<int:year>/", printing_views.show, name="printed_book"),
    path("in/<int:unit>/<str:kind>/<int:year>/<str:file>", printing_views.download, name="book_file"),
    path("tep/<int:directive>", views.file, name="paper_file"),
    path("quan-he/<int:directive>/", link_views.links, name="paper_links"),
    path("quan-he/<int:directive>/phong-trao", link_views.tie, name="tie_paper"),
    path("quan-he/<int:directive>/phong-trao/<int:tie>/go", link_views.untie, name="untie_paper"),
    path("quan-he/<int:directive>/<int:link>/rut-lai", link_views.unlink, name="unlink_papers"),
]
