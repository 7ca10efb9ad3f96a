"""아시아투데이 (asiatoday.co.kr)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("asiatoday.co.kr",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#font, .news_bm", title="#section_top h3, .news_title h3", captions=".txt, figcaption"
    ),
)
