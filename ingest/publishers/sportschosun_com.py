"""스포츠조선 (sportschosun.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("sportschosun.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (Layout(body=".news_text, #articleBody", captions="figcaption, .photo_desc"),)
