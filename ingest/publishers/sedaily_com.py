"""서울경제 (sedaily.com), before and after the redesign of 2025."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("sedaily.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body=".article_view, #ttsBody",
        title=".art_tit",
        subtitle=".art_sub",
        captions=".art_txt, figcaption",
        drop=".art_rel, .sub_ad_banner",
    ),
)
