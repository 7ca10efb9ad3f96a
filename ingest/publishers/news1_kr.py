"""뉴스1 (news1.kr), before and after the redesign of 2024."""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("news1.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#articleBodyContent, article.article-padding-lg-right",
        captions=".photo_txt, figcaption",
        subtitle=".article-subtitle, h2.article-sub-title",
    ),
    Layout(
        until=date(2023, 12, 31),
        body="#articles_detail",
        title=".title h2",
        captions="td.caption",
        subtitle=".sub_title",
        drop=".ad_area, .ad_txt, .article_relation",
    ),
)
