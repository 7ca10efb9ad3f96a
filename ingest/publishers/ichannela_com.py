"""채널A 뉴스 (ichannela.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("ichannela.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body=".news_page_txt, .news_view_txt",
        title=".news_page_title .title",
        published=".news_page_title .date",
        drop=".news_page_video, .npd_ad",
    ),
)
