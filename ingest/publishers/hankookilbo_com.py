"""한국일보 (hankookilbo.com): since 2026 the body is in script data (contentHtml)."""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("hankookilbo.com",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(embedded="contentHtml", checked=True),
    Layout(
        until=date(2025, 12, 31),
        body="[itemprop=articleBody]",
        title="h1.title",
        subtitle="[itemprop=articleBody] > h2",
        captions=".editor-img-box .caption",
        drop=".end-ad-container, .writer-box, .end-bottom",
    ),
    Layout(until=date(2019, 12, 31), body="#article-view-content, #article-body, .article-story"),
)
