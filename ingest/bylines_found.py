"""What did the removed pieces say? Collected while lines are read, put together at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.article import Contributor, Note, Print, Reporter
from corpus.ingest import bylines_captions as captions
from corpus.ingest import bylines_names as names
from corpus.ingest import bylines_notices as notices
from corpus.ingest import publishers
from corpus.ingest.bylines_people import Byline
from corpus.ingest.bylines_tail import Piece

_DAY = re.compile(r"((?:19|20)\d\d)[-./년]\s?(\d{1,2})[-./월]\s?(\d{1,2})")
_PAGE = re.compile(r"([A-Z]?\d{1,3})\s?면")


@dataclass(slots=True)
class Found:
    """People, places and notices, in the order in which they were met.

    `head` and `foot` are the reporters above and below the story, `captions` come with
    the number of their line (from 0); `rights` and `notes` were met from below.
    """

    head: list[Reporter] = field(default_factory=list)
    foot: list[Reporter] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    contributors: list[Contributor] = field(default_factory=list)
    captions: list[tuple[int, str]] = field(default_factory=list)
    subtitle: list[str] = field(default_factory=list)
    place: str | None = None
    agency: str | None = None
    publisher: str | None = None
    rights: list[str] = field(default_factory=list)
    print: Print | None = None
    notes: list[Note] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    stamp: str | None = None

    def credit(self, byline: Byline, *, top: bool) -> None:
        """Take over what a byline says; `top` when it stood above the story."""
        if top:
            self.head += byline.reporters
        else:
            self.foot = [*byline.reporters, *self.foot]
        self.mails = [*byline.mails, *self.mails]
        self.contributors += byline.contributors
        self.place = self.place or byline.place
        if byline.publisher and self.publisher is None and names.is_press(byline.publisher):
            self.publisher = byline.publisher

    def picture(self, line: int, caption: str) -> None:
        """Take over a caption, which stands in `line` (from 0), and who made the picture."""
        self.captions.append((line, caption))
        maker = captions.maker(caption)
        if maker is not None:
            self.contributors.append(maker)

    def take(self, piece: Piece, text: str, line: int) -> None:
        """Take over what a piece at the end says; `line` is its number from 0."""
        if piece.byline is not None and piece.reason != "caption":
            self.credit(piece.byline, top=False)
        if piece.reason == "copyright":
            self.rights.append(text)
        elif piece.reason == "caption":
            self.picture(line, text)
            known = {each.name for each in self.contributors}
            crew = piece.byline.contributors if piece.byline else []
            self.contributors += [each for each in crew if each.name not in known]
        elif piece.reason == "hashtag":
            self.keywords += notices.tags(text)
        elif piece.reason in ("helpline", "funding", "editor", "correction"):
            self.notes.append(Note(piece.reason, text))
        elif piece.reason == "dateline":
            place, _, agency = text.strip("()[] ").partition("=")
            self.place, self.agency = self.place or place.strip(), self.agency or agency.strip()
        elif piece.reason == "agency-tag":
            whole, first = text.strip("[]"), text.strip("[]").split(" ", 1)[0]
            name = whole if publishers.is_publisher(whole) else first
            self.publisher = self.publisher or name
        elif piece.reason == "input-line":
            self._dated(text)

    def _dated(self, text: str) -> None:
        page, day = _PAGE.search(text), _DAY.search(text)
        if page:
            date = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else None
            self.print = Print(date=date, page=page[1])
        elif day:
            self.stamp = self.stamp or text

    def reporters(self) -> list[Reporter]:
        """Each name once with its e-mail; e-mails that stood alone go to names without one."""
        merged: dict[str, str | None] = {}
        unnamed: list[str] = []
        for who in (*self.head, *self.foot):
            if who.name is None:
                unnamed.append(who.email or "")
            else:
                merged[who.name] = merged.get(who.name) or who.email
        known = set(merged.values())
        mails = [
            mail for mail in dict.fromkeys([*self.mails, *unnamed]) if mail and mail not in known
        ]
        for name, mail in merged.items():
            if mail is None and mails:
                merged[name] = mails.pop(0)
        named = [Reporter(name, mail) for name, mail in merged.items()]
        return named + [Reporter(None, mail) for mail in mails]
