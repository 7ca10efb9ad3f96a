"""The Korea Herald (koreaherald.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("koreaherald.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#articleText, .news_content, .view_con_t",
        title=".news_title, .view_tit",
        captions="figcaption, .img_caption",
    ),
)
