"""Naver news, copies of other papers' articles: the page since 2021 and the one before it."""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("naver.com",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(
        body="#dic_area, #newsct_article",
        title=".media_end_head_headline",
        subtitle="strong.media_end_summary, .media_end_summary",
        drop=".media_end_summary",
        captions="em.img_desc, .img_desc",
        reporters="em.media_end_head_journalist_name, .byline_s",
        published="span._ARTICLE_DATE_TIME",
        modified="span._ARTICLE_MODIFY_DATE_TIME",
    ),
    Layout(
        until=date(2021, 10, 20),
        body="#articleBodyContents, #articeBody",
        title="#articleTitle",
        captions="em.img_desc, .end_photo_org em",
        published="span.t11",
        section="#lnb .on, .guide_categorization_item",
    ),
)
