"""Addresses of this job."""

from django.urls import path

from kheo.web.review import list_views, views

urlpatterns = [
    path("<int:cycle>/<int:unit>/", views.show_board, name="board"),
    path("<int:cycle>/<int:unit>/chap-nhan", views.accept_many, name="accept_many"),
    path("<int:cycle>/<int:unit>/tra-lai", views.return_many, name="return_many"),
    path("<int:cycle>/<int:unit>/danh-sach", list_views.save, name="save_list"),
    path("<int:cycle>/<int:unit>/danh-sach/<int:number>/bo", list_views.drop, name="drop_list"),
    path("bao-cao/<int:obligation>/", views.show_report, name="review_report"),
    path("bao-cao/<int:obligation>/nhan-xet", views.remark, name="remark"),
    path("bao-cao/<int:obligation>/cho-qua", views.settle_remark, name="settle_remark"),
    path("<int:unit>/cau-hay-dung/", views.phrase_book, name="phrase_book"),
    path("bao-cao/<int:obligation>/tra-lai", views.return_report, name="return_report"),
    path("bao-cao/<int:obligation>/chap-nhan", views.accept_report, name="accept_report"),
]
