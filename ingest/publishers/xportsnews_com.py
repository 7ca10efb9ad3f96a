"""엑스포츠뉴스 (xportsnews.com)."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("xportsnews.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (Layout(body=".news_contents", title=".at_header h1", captions="figcaption"),)
