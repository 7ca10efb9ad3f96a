"""KBS 뉴스 (news.kbs.co.kr). The page holds the text twice: this is the visible one."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("kbs.co.kr",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(
        body="#cont_newstext", title=".headline-title, .landing-caption .headline", checked=True
    ),
)
