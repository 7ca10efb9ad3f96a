"""Content systems that many papers share: tried on every page whose site has no layout of its own.

A system is known by its body selector, so these name what only that system writes.
"""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

# Naver writes the paper's name beside its logo, Daum in the head. What Daum prints over the story
# (.summary_view) is a summary, not the paper's subtitle.
NAVER = (
    Layout(
        body="#dic_area, #newsct_article",
        title=".media_end_head_headline",
        subtitle=".media_end_summary",
        drop=".media_end_summary, .media_end_summary_title, .vod_player_wrap",
        captions="em.img_desc, .img_desc",
        section=".media_end_categorize_item",
        reporters="em.media_end_head_journalist_name, .byline_s",
        published="._ARTICLE_DATE_TIME",
        modified="._ARTICLE_MODIFY_DATE_TIME",
        publisher=".media_end_head_top_logo img, .media_end_linked_more_point",
        original="a.media_end_head_origin_link",
    ),
    # Sports and entertainment pages since 2024.
    Layout(
        body="._article_content",
        title="[class*=ArticleHead_article_title], .NewsEnd_article_title",
        captions="em.img_desc, .img_desc",
        drop=".media_end_summary",
        published="[class*=ArticleHead_date_time], em.date",
    ),
    Layout(
        until=date(2021, 12, 31),
        body="#articleBodyContents, #articeBody, #newsEndContents",
        title="#articleTitle, .end_tit, .news_headline .title",
        subtitle=".media_end_summary",
        drop=".media_end_summary, .reporter_area, .copyright, .source",
        captions="em.img_desc, .end_photo_org em",
        section="#lnb .on .tx",
        published="span.t11, .article_info .author em, .news_headline .info span",
        publisher=".press_logo img",
        original=".sponsor .btn_artialoriginal, .press_link",
    ),
)

DAUM = (
    Layout(
        body="#harmonyContainer",
        title=".tit_view",
        captions=".txt_caption",
        drop="[dmcf-ptype=embed]",
        reporters=".info_view .txt_info",
        published=".info_view .num_date",
        publisher="#kakaoServiceLogo, .link_cp img, .info_cp img",
        original="a.link_origin, .btn_origin",
        checked=True,
    ),
    Layout(
        body=".article_view section",
        title=".tit_view",
        captions=".txt_caption",
        drop="[dmcf-ptype=embed]",
        reporters=".info_view .txt_info",
        published=".info_view .num_date",
        publisher="#kakaoServiceLogo, .link_cp img, .info_cp img",
        original="a.link_origin, .btn_origin",
    ),
    Layout(
        until=date(2015, 12, 31),
        body="#newsBodyShadow, #newsBody",
        title=".tit_subject, #newsTitleShadow",
        captions=".image .desc",
        published=".info_news .num_date, #NewsInfo .date",
        publisher=".info_news .link_cp img, #mediaLogo img",
        original=".info_news .link_origin",
    ),
)

# ND소프트: hundreds of regional and trade papers.
ND_SOFT = (
    Layout(
        body="#article-view-content-div",
        title="h3.heading, .article-view-header h3, .article-head-title, .article-header h3",
        subtitle=".subheading, .article-view-header .sub-title, .article-head-sub",
        section="#article-view .breadcrumbs a, .article-view-header .breadcrumbs a, "
        ".article-head-nav a, .article-view-header .location a",
        captions="figcaption, .image-caption",
        drop=".relation, .view-ad, .ad-template, .article-ad-align-left, .writer, .view-copyright, "
        ".tag-group, .article-copy",
    ),
    # Tables, until the redesign of about 2017.
    Layout(
        until=date(2017, 12, 31),
        body="td#articleBody, div#articleBody.view_r",
        title=".View_Title, #font_title, .view_t",
        subtitle=".View_SubTitle, #font_subtitle, .view_st",
        section=".View_SectionName a, .View_Navi a",
        captions=".view_r_caption",
        published=".View_Time, .View_Date",
        reporters=".View_Info",
        drop=".View_copyright, .view_copyright, #view_copyright, .View_Relation",
    ),
)

SYSTEMS = (
    *ND_SOFT,
    *NAVER,
    *DAUM,
    # 다다미디어: trade papers and small dailies.
    Layout(
        body="#news_body_area, #news_bodyArea",
        title=".arvtitle, .arv_001 h2, .arv_005 h2",
        subtitle=".arv_002, .arv_009 h3",
        captions=".caption, .imgframe p",
        reporters=".art_info li, .arv_003",
        drop=".art_copyright, .art_more",
    ),
    # The system of 시민일보, 메가경제 and others.
    Layout(
        body="#viewConts",
        title=".viewTitle, .view_title",
        subtitle=".viewSubTitle, .viewSubTitle01, .view_subtitle",
        captions=".imgTxt, figcaption",
        reporters=".viewInfo dt",
    ),
    # The system of 글로벌이코노믹 and its sisters.
    Layout(
        body=".vtxt.detailCont, .detailCont", subtitle=".vtitle h2", captions=".caption, figcaption"
    ),
    # WordPress and its news themes.
    Layout(
        body=".td-post-content, .entry-content, .post-content",
        title=".entry-title, .tdb-title-text",
        subtitle=".entry-subtitle, .td-post-sub-title",
        section=".cat-links a, .entry-category a",
        captions=".wp-caption-text, .wp-element-caption, figcaption",
        reporters=".author.vcard, .td-post-author-name",
        drop=".sharedaddy, .jp-relatedposts, .td-a-rec, .post-tags, .yarpp-related",
    ),
)
