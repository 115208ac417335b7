"""All addresses: the web's own, signing in, and the health check."""

from allauth.account import views as account
from django.urls import include, path

from kheo.config.accounts import new_password
from kheo.config.health import healthz

handler400 = "kheo.web.unreadable.unreadable"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("tai-khoan/dang-nhap/", account.login, name="account_login"),
    path("tai-khoan/dang-xuat/", account.logout, name="account_logout"),
    path("tai-khoan/doi-mat-khau/", new_password, name="account_change_password"),
    path("api/", include("kheo.api.urls")),
    path("", include("kheo.web.urls")),
]
