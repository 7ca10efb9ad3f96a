"""JTBC 뉴스 (news.jtbc.co.kr), until the redesign of 2023; since then the page is script data."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("jtbc.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#articlebody .article_content, .article_content",
        title="#jtbcBody, .title h3",
        drop=".video_area, .article_ad",
    ),
)
