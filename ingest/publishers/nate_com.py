"""Nate news (news.nate.com), copies of other papers' articles."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("nate.com",)

# From knowledge of the site and of what crawlers look for; no stored page was read with it.
LAYOUTS = (
    Layout(
        body="#realArtcContents",
        title=".articleSubjecet, .articleSubject h3",
        captions=".caption, .cap",
        publisher=".articleInfo .medium",
        published=".firstDate em",
        modified=".lastDate em",
        original=".articleOriginal, .articleInfo .link",
    ),
)
