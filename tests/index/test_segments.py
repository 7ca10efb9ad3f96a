"""Segments: merging, lists, the table of contents, commits."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from indexing import article, build_index, some_articles

from corpus.article import Article
from corpus.errors import CorpusLocked
from corpus.index import characters, layout, lists, packing, postings, trigrams, writer
from corpus.index.arrays import Array, ArrayFile, ArrayWriter
from corpus.index.blocks import Blocks
from corpus.index.engine import open_index
from corpus.index.growing import Growing
from corpus.index.lists import DraftLists, Lists
from corpus.index.merge import Source, merge
from corpus.index.postings import Postings
from corpus.index.protocol import Change, Request
from corpus.index.segment import Draft
from corpus.index.view import SegmentView


def drafted(articles: list[Article], first: int = 1) -> Draft:
    draft = Draft()
    for number, one in enumerate(articles, first):
        draft.add(number, one)
    return draft


@pytest.mark.parametrize("keep", [1.0, 0.5, 0.05])
def test_merging_gives_the_segment_that_one_draft_of_the_live_articles_gives(
    tmp_path: Path, keep: float
) -> None:
    articles = some_articles(200)
    live = np.random.default_rng(7).random(200) < keep
    kept = Draft()
    for number, one in enumerate(articles, 1):
        if live[number - 1]:
            kept.add(number, one)
    sources = [
        Source(drafted(articles[at : at + 60], at + 1).arrays(), live[at : at + 60])
        for at in range(0, 200, 60)
    ]
    with ArrayWriter(tmp_path / "merged") as out:
        merge(sources, out)
    check_same_segment(ArrayFile(tmp_path / "merged"), kept.arrays())


def check_same_segment(file: ArrayFile, drafted: dict[str, Array]) -> None:
    """Every array is equal, and every term's positions and list are, however they are kept."""
    in_file = {"list_term", "tri_key", "low"}
    in_file |= {name for name in file.names() if name.startswith(("dense_", "mid_", "rare_"))}
    parts = ("offset", "kind", "bits", "low", "held", "wide", "in_wide", "tf", "more")
    parts += ("more_offset", "most_at", "most")
    in_file |= {f"{name}_{part}" for name in ("char", "list", "tri") for part in parts}
    in_file |= {"block_low", "block_base"}
    in_draft = {"positions", "char_entry", "char_offset", "char_most_key", "char_most", "block_doc"}
    assert set(file.names()) - in_file == set(drafted) - in_draft
    for name in set(drafted) - in_draft:
        assert np.array_equal(file[name], drafted[name]), name
    units = len(drafted["text"])
    every = np.arange(0, units, 7)
    for of_file, of_draft in zip(Blocks(file).of(every), Blocks(drafted).of(every), strict=True):
        assert np.array_equal(of_file, of_draft)
    kept, whole = Postings(file, units), Postings(drafted, units)
    terms = len(drafted["post_offset"]) - 1
    for term in range(terms):
        assert np.array_equal(kept.of(term), whole.of(term)), term
    for first, last in ((0, terms), (terms // 3, terms // 2), (terms, terms)):
        assert np.array_equal(kept.between(first, last), whole.between(first, last))
        some = np.arange(first, last, 2)
        expected = [whole.of(term) for term in some.tolist()]
        assert sorted(kept.several(some).tolist()) == sorted(np.concatenate([[], *expected]))
        for source in (kept, whole):
            at, order, sizes = source.each(some.tolist())
            assert sorted(order) == list(range(len(some)))
            assert sizes == [len(expected[place]) for place in order]
            assert at.tolist() == [one for place in order for one in expected[place].tolist()]
    check_lists(file, drafted)


def check_lists(file: ArrayFile, drafted: dict[str, Array]) -> None:
    """The lists say what the text and the positions say."""
    of_file, of_draft = Lists("char", file, len(file["number"])), DraftLists("char", drafted)
    units = drafted["char_unit"]
    assert np.array_equal(of_file.between(0, len(units)), of_draft.between(0, len(units)))
    for one, other in zip(of_file.most(units), of_draft.most(units), strict=True):
        assert np.array_equal(one, other)
    view = SegmentView(file)
    text = characters_fold(view.text)
    kinds = characters.KIND.take(text)
    listed_kinds = (characters.HANGUL, characters.HANJA, characters.KANA)
    wanted = np.unique(text[np.isin(kinds, listed_kinds)])
    assert drafted["char_unit"].tolist() == wanted.tolist()
    for unit in drafted["char_unit"].tolist():
        check_list(view, read(view.of_character(unit)), np.flatnonzero(text == unit))
    counts = np.diff(file["post_offset"].astype(np.int64))
    of_grams = max(packing.SIZES.listed, view.articles // packing.SIZES.share)
    of_runs = max(packing.SIZES.listed, view.articles // packing.SIZES.run_share)
    least = np.where(np.arange(len(counts)) < len(view.runs), of_runs, of_grams)
    listed = {term for term in range(len(counts)) if view.listed(term) is not None}
    assert listed == set(np.flatnonzero(counts >= least).tolist())

    for term in listed:
        check_list(view, read(view.listed(term)), view.positions(term))
    check_trigrams(view)


def check_trigrams(view: SegmentView) -> None:
    """What three syllables side by side have a list of is where they stand in the text."""
    text = view.text.astype(np.uint64)
    hangul = characters.KIND.take(view.text) == characters.HANGUL
    at = np.flatnonzero(hangul[:-2] & hangul[1:-1] & hangul[2:])
    keys = text[at] << np.uint64(32) | text[at + 1] << np.uint64(16) | text[at + 2]
    listed = view.arrays["tri_key"]
    assert (listed[1:] > listed[:-1]).all()
    for key in listed.tolist():
        units = [key >> 32, key >> 16 & 0xFFFF, key & 0xFFFF]
        check_list(view, read(view.of_trigram(units)), at[keys == key])
    if packing.SIZES.share > view.articles:  # and all that are frequent have one
        different, counts = np.unique(keys, return_counts=True)
        assert listed.tolist() == different[counts >= packing.SIZES.listed].tolist()
        assert view.of_trigram([ord("힣")] * 3) is None


def read(held: tuple[Lists, int] | None) -> tuple[Array, Array] | None:
    """The articles and frequencies of a list, where there is one."""
    return None if held is None else held[0].of(held[1])


def check_list(view: SegmentView, found: object, positions: Array) -> None:
    """A plain count of the positions by article, weighted by field."""
    articles = view.articles_of(positions)
    weights = np.array(layout.WEIGHTS)[view.field_of(positions)]
    expected: Counter[int] = Counter()
    for article_, weight in zip(articles.tolist(), weights.tolist(), strict=True):
        expected[article_] += weight
    assert isinstance(found, tuple)
    assert found[0].tolist() == sorted(expected)
    assert found[1].tolist() == [expected[one] for one in sorted(expected)]


def characters_fold(units: Array) -> Array:
    return characters.FOLD.take(units)


@pytest.mark.parametrize("least", [1, 50, 256])
def test_frequent_terms_are_kept_in_buckets_and_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, least: int
) -> None:
    monkeypatch.setattr(packing, "_LEAST", least)
    share = 2 if least == 1 else 100  # of grams, fewer of which have a list then
    monkeypatch.setattr(packing, "SIZES", packing.Sizes(least, share, run_share=100))
    monkeypatch.setattr(trigrams, "SAMPLE", 1)
    monkeypatch.setattr(postings, "RARE_BITS", 17)
    draw = random.Random(5)
    # More than two buckets of 65,536 units, one of them full of one gram.
    bodies = ["".join(draw.choices("가나다 A1", k=9_000)) for _ in range(12)] + ["가" * 140_000]
    articles = [article(f"{at}", body=body) for at, body in enumerate(bodies)]
    sources = [Source(drafted(articles[at : at + 5], at + 1).arrays()) for at in range(0, 13, 5)]
    with ArrayWriter(tmp_path / "one") as out:
        merge(sources, out)
    one = ArrayFile(tmp_path / "one")
    assert len(one["dense_term"]) > 3 and len(one["mid_term"]) and len(one["rare_high"])
    check_same_segment(one, drafted(articles).arrays())
    with ArrayWriter(tmp_path / "two") as out:  # a file is a source as well
        merge([Source(one), Source(drafted(articles[:2], 14).arrays())], out)
    twice = drafted([*articles, *articles[:2]])
    check_same_segment(ArrayFile(tmp_path / "two"), twice.arrays())


def test_lists_of_every_kind_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "WIDE_BITS", 10)  # several buckets, which 64 k articles would have
    many, draw = 3000, np.random.default_rng(5)
    sizes = [1, 5, 11, 12, 13, 40, 200, 300, 356, 370, 900, many]
    held = [np.sort(draw.choice(many, size, replace=False)).astype(np.uint32) for size in sizes]
    held.append(np.arange(250, 600, dtype=np.uint32))  # all of a bucket of 256
    frequency = [draw.choice((1, 2, 3, 4, 254, 255, 70_000), len(one)) for one in held]
    frequency[3][:], frequency[7][:] = 1, 255
    with ArrayWriter(tmp_path / "lists") as out, packing.ListWriter(out, "some", many) as written:
        for some in (slice(0, 3), slice(3, 4), slice(4, 4), slice(4, None)):
            counts = np.array(list(map(len, held[some])), np.int64)
            none = np.zeros(0, np.uint32)
            parts = (np.concatenate([none, *column[some]]) for column in (held, frequency))
            written.add(*parts, counts)
    found = Lists("some", ArrayFile(tmp_path / "lists"), many)
    places = range(len(held))
    kinds = [found.kind(place) for place in places]
    assert set(kinds) == {lists.WIDE, lists.SHORT, lists.BITS} and kinds[-1] == lists.WIDE
    for place in places:
        articles, tf = found.of(place)
        assert articles.tolist() == held[place].tolist()
        assert tf.tolist() == frequency[place].tolist()
        assert found.size(place) == len(held[place])
        if kinds[place] == lists.BITS:
            some = np.sort(draw.choice(many, 500, replace=False))
            expected = dict(zip(held[place].tolist(), frequency[place].tolist(), strict=True))
            having = [at for at, one in enumerate(some.tolist()) if one in expected]
            which, tf = found.among(place, some)
            assert which.tolist() == having
            assert tf.tolist() == [expected[some[at]] for at in having]
    for some in ([6, 7], [7, 3, 6], [0, 6, len(held) - 1, 10]):
        articles, tf = found.several(some)
        assert articles.tolist() == [at for one in some for at in held[one].tolist()]
        assert tf.tolist() == [at for one in some for at in frequency[one].tolist()]


def test_spilling_to_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = some_articles(120)
    changes = [Change(number, one) for number, one in enumerate(articles, 1)]
    monkeypatch.setattr(writer, "CHUNK", 200)
    small = writer.Limits(memory=1000)
    writer.apply(tmp_path / "small", changes, store="s", seq=1, limits=small)
    monkeypatch.undo()
    writer.apply(tmp_path / "large", changes, store="s", seq=1)
    for query in ("가나", "A", "😀", "NOT 다", "publisher:kbx", "note:가"):
        answers = [
            open_index(tmp_path / name).search(Request(query), limit=None)
            for name in ("small", "large")
        ]
        assert answers[0] == answers[1], query
    assert len(list((tmp_path / "small").glob("*.arrays"))) == 1


@pytest.mark.parametrize("first", [0, 40])  # with an older segment merged in the same go
@pytest.mark.parametrize("in_halves", [1 << 16, 3])
def test_what_waited_on_disk_becomes_the_segment_that_memory_would_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int, in_halves: int
) -> None:
    monkeypatch.setattr(writer, "CHUNK", 200)
    monkeypatch.setattr(postings, "RARE_BITS", 17)
    monkeypatch.setattr(packing, "IN_HALVES", in_halves)
    # One draft has more units than its positions of three bytes could tell.
    long = Article(id="long", title="긴 글", body="가나다 A1 라마 " * 15_000)
    articles = [*some_articles(90), long, *some_articles(20)]
    changes = [Change(number, one) for number, one in enumerate(articles, 1)]
    for name, memory in (("small", 1000), ("large", 1 << 30)):
        limits = writer.Limits(memory=memory)
        if first:
            writer.apply(tmp_path / name, changes[:first], store="s", seq=1, limits=limits)
        writer.apply(tmp_path / name, changes[first:], store="s", seq=2, limits=limits)
    one, other = (ArrayFile(next((tmp_path / at).glob("*.arrays"))) for at in ("small", "large"))
    assert len(one["number"]) == len(articles)
    assert one.names() == other.names()
    for name in one.names():
        assert np.array_equal(one[name], other[name]), name
    one.check()


def test_a_draft_tells_more_than_64_k_articles_apart(tmp_path: Path) -> None:
    few = [article(f"{at}", body="가나"[at % 2] * (1 + at % 3)) for at in range(24_000)]
    chunks = [drafted(few, first).arrays() for first in (1, 24_001, 48_001)]
    growing = Growing(tmp_path / "growing")
    growing.add(chunks)
    assert len(growing.sources()) == 1
    with growing.out as out:
        merge(growing.sources(), out)
    with ArrayWriter(tmp_path / "at once") as out:
        merge([Source(chunk) for chunk in chunks], out)
    one, other = ArrayFile(tmp_path / "growing"), ArrayFile(tmp_path / "at once")
    assert len(one["number"]) == 72_000
    for name in other.names():
        assert np.array_equal(one[name], other[name]), name


def test_what_waited_on_disk_is_gone_after_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "CHUNK", 200)
    articles = some_articles(60)
    writer.apply(tmp_path, [Change(1, articles[0])], store="s", seq=1)
    before = sorted(path.name for path in tmp_path.iterdir())

    def changes() -> Iterator[Change]:
        yield from (Change(number, one) for number, one in enumerate(articles[1:], 2))
        assert len(list(tmp_path.glob("*.arrays"))) > 3
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        writer.apply(tmp_path, changes(), store="s", seq=2, limits=writer.Limits(memory=1000))
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("memory", [1000, 1 << 20])
@pytest.mark.parametrize("often", [84, 85, 255, 256, 70_000])
def test_a_syllable_that_an_article_has_often_counts_exactly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: int, often: int
) -> None:
    monkeypatch.setattr(writer, "CHUNK", 500)  # of several drafts one has such an article
    articles = some_articles(60)
    title = "나" if often > 85 else "나" * often  # three times the weight: 252 and 255
    articles[30] = Article(id="often", title=title, body="가" * often)
    changes = [Change(number, one) for number, one in enumerate(articles, 1)]
    limits = writer.Limits(memory=memory)
    writer.apply(tmp_path / "some", changes[:50], store="s", seq=1, limits=limits)
    writer.apply(tmp_path / "some", changes[50:], store="s", seq=2, limits=limits)
    for view in open_index(tmp_path / "some")._snapshot.views:
        for unit in "가나":
            found = read(view.of_character(ord(unit)))
            assert found is not None
            for at, frequency in zip(*(column.tolist() for column in found), strict=True):
                one = articles[view.number_of(at) - 1]
                expected = 3 * one.title.count(unit) + one.body.count(unit)
                expected += 2 * (one.subtitle or "").count(unit)
                assert frequency == expected


@pytest.mark.parametrize("limits", [writer.Limits(units=1000), writer.Limits(articles=7)])
def test_a_segment_that_would_grow_over_the_limit_is_left_apart(
    tmp_path: Path, limits: writer.Limits
) -> None:
    articles = some_articles(40)
    for seq, at in enumerate(range(0, 40, 5), 1):
        changes = [Change(at + i + 1, one) for i, one in enumerate(articles[at : at + 5])]
        contents = writer.apply(tmp_path, changes, store="s", seq=seq, limits=limits)
    assert len(contents.segments) > 1
    assert all(segment.units <= limits.units for segment in contents.segments)
    assert all(segment.articles <= limits.articles for segment in contents.segments)
    whole = build_index(tmp_path / "whole", articles)
    for query in ("가나", "A", "NOT 다"):
        request = Request(query)
        split = open_index(tmp_path).search(request, limit=None)
        assert split == whole.search(request, limit=None)


def test_one_commit_of_more_than_a_segment_holds_becomes_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "CHUNK", 500)
    articles = some_articles(40)
    changes = [Change(number, one) for number, one in enumerate(articles, 1)]
    limits = writer.Limits(units=2000)
    contents = writer.apply(tmp_path, changes, store="s", seq=1, limits=limits)
    assert len(contents.segments) > 1
    assert all(segment.units <= 2000 for segment in contents.segments)
    assert sorted(open_index(tmp_path).entries()) == [
        (number, one.revision or 1) for number, one in enumerate(articles, 1)
    ]


def test_the_number_of_segments_grows_slowly(tmp_path: Path) -> None:
    articles = some_articles(300)
    most = 0
    for number, one in enumerate(articles, 1):
        contents = writer.apply(tmp_path, [Change(number, one)], store="s", seq=number)
        most = max(most, len(contents.segments))
    assert most <= 6
    assert open_index(tmp_path).status().articles == 300
    assert len(list(tmp_path.glob("*.arrays"))) == len(contents.segments)


def test_a_reader_keeps_its_snapshot_while_a_writer_commits(tmp_path: Path) -> None:
    index = build_index(tmp_path / "index", [article("a", body="가나"), article("b", body="가다")])
    before = index.search(Request("가"))
    other = open_index(tmp_path / "index")
    other.apply([Change(1, None), Change(2, article("b", body="라마"))], store="a store", seq=9)
    assert index.search(Request("가")) == before
    assert other.search(Request("가")).total == 0
    assert open_index(tmp_path / "index").status().seq == 9


def test_a_commit_that_fails_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    index = build_index(tmp_path / "index", [article("a", body="가나")])

    def broken() -> object:
        yield Change(2, article("b", body="가"))
        raise RuntimeError("the store failed")

    with pytest.raises(RuntimeError):
        index.apply(broken(), store="a store", seq=2)  # type: ignore[arg-type] # a generator
    again = open_index(tmp_path / "index")
    assert again.status().seq == 1 and again.search(Request("가")).total == 1


def test_a_first_commit_that_was_cut_short_leaves_an_empty_index(tmp_path: Path) -> None:
    folder = tmp_path / "index"

    def killed() -> object:
        yield Change(1, article("a", body="가나"))
        (folder / "MAIN_0.arrays").write_bytes(b"half a segment")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        writer.apply(folder, killed(), store="s", seq=1)  # type: ignore[arg-type] # a generator
    assert open_index(folder).status().seq == 0
    writer.apply(folder, [Change(1, article("a", body="가나"))], store="s", seq=1)
    assert open_index(folder).search(Request("가나")).total == 1
    assert len(list(folder.glob("*.arrays"))) == 1


def test_one_number_twice_in_a_commit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="occurs twice"):
        build_index(tmp_path, []).apply(
            [Change(1, article("a")), Change(1, article("a"))], store="s", seq=1
        )


def test_a_second_writer_is_refused_while_one_writes(tmp_path: Path) -> None:
    def nested() -> object:
        with pytest.raises(CorpusLocked):
            writer.apply(tmp_path, [], store="s", seq=2)
        yield Change(1, article("a", body="가"))

    writer.apply(tmp_path, nested(), store="s", seq=1)  # type: ignore[arg-type] # a generator
    assert open_index(tmp_path).status().articles == 1
