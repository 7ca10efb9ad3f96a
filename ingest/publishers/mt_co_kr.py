"""머니투데이 (mt.co.kr), before and after the redesign of 2024."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("mt.co.kr", "moneytoday.co.kr")

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#articleView, #textBody",
        title="h1.subject",
        captions=".photo_txt, figcaption",
        drop=".ad_article, .mt_related",
    ),
)
