"""한겨레 (hani.co.kr), before and after the redesign of 2023."""

from datetime import date

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("hani.co.kr",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(
        body=".article-text",
        title="[class*=ArticleDetailView_title]",
        subtitle="[class*=ArticleDetailView_subtitle], .subtitle",
        section="[class*=ArticleDetailView_breadcrumb] a, .article-head .category a",
        reporters="[class*=ArticleDetailView_reporterLink]",
        drop="[class*=BaseAd_], .ad-box",
    ),
    Layout(
        until=date(2023, 10, 31),
        body=".article-text, #a-left-scroll-in .text, #contents-article .text",
        subtitle=".subtitle",
        section=".article-head .category a",
        title=".article-head .title",
    ),
)
