"""지디넷코리아 (zdnet.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("zdnet.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#articleBody, .view_cont",
        title=".news_head h1",
        subtitle=".news_head .summary, p.summary",
        captions="figcaption",
        drop=".news_box, .news_box.connect",
    ),
)
