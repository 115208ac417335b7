"""The addresses of the pages, one file per job."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kheo.web.home.urls")),
    path("", include("kheo.web.papers.urls")),
    path("bao-cao/", include("kheo.web.filling.urls")),
    path("bao-cao/", include("kheo.web.composing.urls")),
    path("bao-cao/", include("kheo.web.evidence.urls")),
    path("bao-cao/", include("kheo.web.ending.urls")),
    path("ban-gui/", include("kheo.web.dispatching.urls")),
    path("kien-nghi/", include("kheo.web.proposing.urls")),
    path("duyet/", include("kheo.web.review.urls")),
    path("tong-hop/", include("kheo.web.consolidation.urls")),
    path("tien-do/", include("kheo.web.progress.urls")),
    path("", include("kheo.web.people.urls")),
    path("tai-khoan/ma-truy-cap/", include("kheo.web.tokens.urls")),
    path("", include("kheo.web.workbooks.urls")),
    path("", include("kheo.web.offline.urls")),
    path("chap-hanh/", include("kheo.web.discipline.urls")),
    path("lich/", include("kheo.web.schedule.urls")),
    path("cay/", include("kheo.web.tree.urls")),
    path("van-ban/", include("kheo.web.office_books.urls")),
    path("so/", include("kheo.web.registers.urls")),
    path("van-ban/doc/", include("kheo.web.drafting.urls")),
    path("gop-y/", include("kheo.web.public.urls")),
    path("cong-khai/", include("kheo.web.public.shown_urls")),
    path("phong-trao/", include("kheo.web.replacing.urls")),
    path("chuyen-xuong/", include("kheo.web.relaying.urls")),
    path("thong-bao/", include("kheo.web.notices.urls")),
    path("", include("kheo.web.kit.urls")),
]
