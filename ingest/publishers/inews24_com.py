"""아이뉴스24 (inews24.com) and its sister 조이뉴스24."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("inews24.com", "joynews24.com")

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#articleBody",
        title="article.view header h1, .title h1",
        subtitle="article.view header h2",
        captions="figcaption",
    ),
)
