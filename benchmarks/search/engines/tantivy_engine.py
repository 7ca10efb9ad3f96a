"""tantivy, the native engine to be measured against.

It gets its tokens from us (`segmented`), separated by spaces, so that positions are real
and a phrase is a word of the text; segmentation is part of its build. Ids come from a fast
field, which measured faster than stored ones. One syllable is a regular expression over
the dictionary of bigrams; `tantivy_syllables_engine` has a field for it, which answers
sixteen times faster and makes the build a fifth slower.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy
from queries import Query
from records import Record, Source
from segmented import grams, snippet

HEAP = 128_000_000
EVERYTHING = 10_000_000
_ONE = re.compile("[가-힣]")


def make() -> Tantivy:
    return Tantivy(syllables=False)


class Tantivy:
    modes = ("snippets", "ids", "texts")

    _index: tantivy.Index
    _searcher: tantivy.Searcher

    def __init__(self, *, syllables: bool) -> None:
        self._syllables = syllables

    def _made(self, folder: Path) -> tantivy.Index:
        fields = (
            tantivy.SchemaBuilder()
            .add_unsigned_field("number", fast=True)
            .add_unsigned_field("day", fast=True, indexed=True)
            .add_bytes_field("stored", stored=True)
            .add_text_field("grams", tokenizer_name="spaces", index_option="position")
        )
        if self._syllables:
            fields.add_text_field("syllables", tokenizer_name="spaces", index_option="basic")
        index = tantivy.Index(fields.build(), path=str(folder))
        spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("spaces", spaces)
        return index

    def build(self, folder: Path, records: Source) -> None:
        self._write(self._made(folder), records)

    def _write(self, index: tantivy.Index, records: Iterable[Record]) -> None:
        writer = index.writer(heap_size=HEAP, num_threads=1)
        for record in records:
            document = tantivy.Document()
            document.add_unsigned("number", record.number)
            document.add_unsigned("day", record.day)
            document.add_bytes("stored", record.text.encode())
            document.add_text("grams", " ".join(grams(record.text)))
            if self._syllables:
                document.add_text("syllables", " ".join(set(_ONE.findall(record.text))))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self._index = self._made(folder)
        self._index.reload()
        self._searcher = self._index.searcher()

    def prepare(self, query: Query) -> tuple[tantivy.Query, Query]:
        if query.op == "any":
            schema = self._index.schema
            grammed = dict.fromkeys(grams(query.terms[0]))
            words = [tantivy.Query.term_query(schema, "grams", one) for one in grammed]
            clauses = [(tantivy.Occur.Should, one) for one in words]
            return tantivy.Query.boolean_query(clauses), query
        parts = [self._term(term) for term in query.terms]
        must, should, never = (
            tantivy.Occur.Must,
            tantivy.Occur.Should,
            tantivy.Occur.MustNot,
        )
        occurs = {"or": [should, should], "not": [must, never]}.get(query.op, [must, must])
        clauses = list(zip(occurs, parts, strict=False))
        if query.days is not None:
            low, high = query.days
            kind = tantivy.FieldType.Unsigned
            days = tantivy.Query.range_query(self._index.schema, "day", kind, low, high)
            clauses.append((must, tantivy.Query.const_score_query(days, 0.0)))
        whole = parts[0] if len(clauses) == 1 else tantivy.Query.boolean_query(clauses)
        return whole, query

    def _term(self, term: str) -> tantivy.Query:
        schema, tokens = self._index.schema, grams(term)
        if len(term) == 1 and _ONE.match(term):
            if self._syllables:
                return tantivy.Query.term_query(schema, "syllables", term)
            places = (f"{term}.", f".{term}", term)
            found = [tantivy.Query.regex_query(schema, "grams", place) for place in places]
            return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in found])
        if len(tokens) == 1:
            return tantivy.Query.term_query(schema, "grams", tokens[0])
        return tantivy.Query.phrase_query(schema, "grams", list(tokens))

    def forget(self) -> None:
        pass

    def ask(self, prepared: tuple[tantivy.Query, Query], mode: str) -> tuple[int, list[Any]]:
        whole, query = prepared
        result = self._searcher.search(whole, 10)
        addresses = [address for _, address in result.hits]
        ids: list[Any] = self._searcher.fast_field_values("number", addresses)
        if mode == "ids":
            return result.count, ids
        texts = [self._searcher.doc(one)["stored"][0].decode() for one in addresses]
        if mode == "snippets":
            texts = [snippet(text, query.wanted) for text in texts]
        return result.count, list(zip(ids, texts, strict=True))

    def numbers(self, prepared: tuple[tantivy.Query, Query]) -> Iterable[int]:
        result = self._searcher.search(prepared[0], EVERYTHING)
        found: list[Any] = self._searcher.fast_field_values(
            "number", [address for _, address in result.hits]
        )
        return found

    def add(self, records: list[Record]) -> None:
        self._write(self._index, records)
        self._index.reload()
        self._searcher = self._index.searcher()
