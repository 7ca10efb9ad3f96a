"""연합뉴스TV (yonhapnewstv.co.kr). Not 연합뉴스. dd:published_time is a UTC clock with +09:00."""

from corpus.ingest.publishers.layouts import Layout

DOMAINS = ("yonhapnewstv.co.kr",)

# A redesign adds a layout and dates the one before it; old pages still parse.
LAYOUTS = (
    Layout(
        body="#articleBody",
        drop=".videoWrap",
        utc_labels=("dd:published_time", "dd:modified_time"),
        checked=True,
    ),
)
