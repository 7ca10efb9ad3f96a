"""한국경제TV (wowtv.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("wowtv.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#divNewsContent",
        title=".title-news, .title",
        captions=".box-news-img-cap, figcaption",
    ),
)
