"""Addresses of this job."""

from django.urls import path

from kheo.web.people.accepting_views import accept_invitation
from kheo.web.people.reset_views import forgot_password, hand_over_code, set_password
from kheo.web.people.views import invite_to_unit, leave, own_posts, people, send_again, withdraw_invitation

urlpatterns = [
    path("nguoi/don-vi/<int:unit>/", people, name="people"),
    path("nguoi/don-vi/<int:unit>/moi/", invite_to_unit, name="invite"),
    path("nguoi/chuc-trach/<int:post>/thoi/", leave, name="leave_post"),
    path("nguoi/loi-moi/<int:invitation>/gui-lai/", send_again, name="send_invitation_again"),
    path("nguoi/loi-moi/<int:invitation>/thu-hoi/", withdraw_invitation, name="withdraw_invitation"),
    path("tai-khoan/chuc-trach/", own_posts, name="own_posts"),
    path("nguoi/chuc-trach/<int:post>/mat-khau/", hand_over_code, name="hand_over_code"),
    path("tai-khoan/quen-mat-khau/", forgot_password, name="forgot_password"),
    path("tai-khoan/dat-mat-khau/", set_password, name="set_password"),
    path("nhan/", accept_invitation, name="accept_invitation"),
]
