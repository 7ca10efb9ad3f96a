"""Content systems that many papers share: tried on every page whose site has no layout of its own.

A system is known by its body selector, so these name what only that system writes.
"""

from corpus.ingest.publishers.layouts import Layout

SYSTEMS = (
    # ND소프트: hundreds of regional and trade papers.
    Layout(
        body="#article-view-content-div",
        title="h3.heading, .article-view-header h3, .article-head-title",
        subtitle=".subheading, h4.subheading, .article-view-header .sub-title",
        section="#article-view .breadcrumbs, .article-view-header .location",
        captions="figcaption, .image-caption",
    ),
    # Naver news since 2021.
    Layout(
        body="#dic_area, #newsct_article",
        title=".media_end_head_headline",
        subtitle=".media_end_summary",
        drop=".media_end_summary, .media_end_summary_title",
        captions="em.img_desc, .img_desc",
        reporters="em.media_end_head_journalist_name, .byline_s",
        published="._ARTICLE_DATE_TIME",
        modified="._ARTICLE_MODIFY_DATE_TIME",
    ),
    # Naver news before.
    Layout(
        body="#articleBodyContents",
        title="#articleTitle",
        subtitle=".media_end_summary",
        drop=".media_end_summary",
        captions="em.img_desc, .end_photo_org em",
        published="span.t11",
    ),
    # Daum news.
    Layout(
        body="#harmonyContainer",
        title=".tit_view",
        captions=".txt_caption",
        drop="[dmcf-ptype=embed]",
        reporters=".info_view .txt_info",
        published=".info_view .num_date",
    ),
)
