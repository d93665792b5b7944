"""Where people are named in a text: whole, in part, by initials, with or without diacritics."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.domain.bank import Bank
from app.domain.name_words import ALSO_WORDS, AT_A_DATE, MONTHS, PARTICLES, WORD_BEFORE

LONG: Final = 4
"""Letters from which a name is found however it is capitalised."""
SHORT: Final = 3
"""Letters of the longest token that may be the initials of a person."""
PLAIN: Final[Mapping[str, str]] = {
    **{"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe"},
    **{"ħ": "h", "ŧ": "t", "ŋ": "n", "ə": "e"},
}
"""Letters that do not fall apart into a letter and a mark."""
GERMAN: Final[Mapping[str, str]] = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
)
"""Scripts whose words are not set apart by spaces, or carry endings."""
NOBODY: Final[tuple[frozenset[str], bool]] = (frozenset(), False)
GAP: Final = re.compile(r"[\s.'’\-_·]{0,3}")
WORD: Final = re.compile(r"[^\W_]+")


class Named(Struct, frozen=True):
    """A stretch of a text that names somebody; more than one person where it fits several."""

    start: int
    end: int
    people: tuple[str, ...]
    is_part: bool = False
    """One part of a name and nothing more."""


class _Token(Struct, frozen=True):
    start: int
    end: int
    text: str
    """Folded: plain letters, no case."""
    typed: str


class _Name(Struct, frozen=True):
    parts: tuple[str, ...]
    """Folded, without particles."""
    particles: frozenset[str]
    initials: str


def bank_words(bank: Bank) -> frozenset[str]:
    """The ordinary words of a question bank, folded: names of people are none of its business."""
    text = unicodedata.normalize("NFKD", msgspec.json.encode(bank).decode().casefold())
    return frozenset(WORD.findall(re.sub("[\u0300-\u036f]", "", text)))


class NameForms:
    """Finds people in texts.

    Found are the whole name, each of its parts alone, initials with a part, and all of these
    run together ("zlindqvist"), with or without diacritics. The whole name and parts of at least
    four letters are found in any case; shorter ones only where they are capitalised as a word.

    A part that is also an ordinary word ("Will", "May", "Mark", and any word of the question bank)
    is taken for a name only where it is capitalised as a word, and stays a word as a month beside
    a number, and at the head of a sentence where no name would stand ("Will the", "May we"). A
    leak is worse than a blot, so whatever is in doubt is a name. Two letters that are a word
    ("An", "So") are no name alone. What is no personal name ("Data team") is found whole only.
    """

    def __init__(self, people: Mapping[str, str], ordinary: frozenset[str] = frozenset()) -> None:
        self.ordinary = ordinary | ALSO_WORDS
        self.names: dict[str, _Name] = {}
        self.words: dict[str, list[str]] = {}
        self.joined: dict[str, list[str]] = {}
        self.whole: list[tuple[str, re.Pattern[str], str]] = []
        for person, typed in sorted(people.items()):
            self._learn(person, unicodedata.normalize("NFC", typed).strip(), ordinary)
        joined = {word: (frozenset(who), True) for word, who in self.joined.items()}
        parts = {word: (frozenset(who), False) for word, who in self.words.items()}
        # Behind a name an s is a genitive, as in "Zoes Entwurf".
        genitives = {f"{word}s": of for word, of in (joined | parts).items() if len(word) >= SHORT}
        self._known = genitives | joined | parts
        unspaced = [part for part in self.words if re.search(f"[{UNSPACED}]", part)]
        first = "".join(f"{re.escape(p)}|" for p in sorted(unspaced, key=lambda p: (-len(p), p)))
        self._token = re.compile(rf"{first}(?:(?![_{UNSPACED}])\w)+|[{UNSPACED}]")

    def find(self, text: str) -> tuple[Named, ...]:
        """Stretches that name somebody, in order; none overlaps another."""
        if not (self.whole or self.names):
            return ()
        folded, at = _folded(text)
        found = list(self._wholes(folded, at))
        if any(self._who(word)[0] for word in self._token.findall(folded)):
            tokens = [
                _Token(at[m.start()], at[m.end()], m[0], text[at[m.start()] : at[m.end()]])
                for m in self._token.finditer(folded)
            ]
            found += self._runs(tokens, text)
        return _apart(found)

    def _learn(self, person: str, typed: str, ordinary: frozenset[str]) -> None:
        folded = _folded(typed)[0]
        if not folded.strip():
            return
        pieces = WORD.findall(typed)
        is_personal = _is_personal(pieces, ordinary)
        if not (is_personal and len(pieces) == 1):
            literal = r"\s+".join(re.escape(piece) for piece in folded.split())
            inner = rf"[^\W_{UNSPACED}]"
            pattern = re.compile(rf"(?<!{inner}){literal}(?=s?(?!{inner}))")
            self.whole.append((folded.split()[0], pattern, person))
        if not is_personal:
            return
        for spelt in dict.fromkeys((folded, _folded(_german(typed))[0])):
            parts = WORD.findall(spelt)
            proper = tuple(part for part in parts if part not in PARTICLES) or tuple(parts)
            name = _Name(proper, frozenset(parts) - {*proper}, "".join(p[0] for p in proper))
            self.names.setdefault(person, name)
            for part in proper:
                _add(self.words, part, person)
            for run in _run_together(name, spelt):
                _add(self.joined, run, person)

    def _wholes(self, folded: str, at: Sequence[int]) -> Iterator[Named]:
        for first, pattern, person in self.whole:
            for match in pattern.finditer(folded) if first in folded else ():
                yield Named(at[match.start()], at[match.end()], (person,))

    def _runs(self, tokens: Sequence[_Token], text: str) -> Iterator[Named]:
        n = 0
        while n < len(tokens):
            who, is_joined = self._who(tokens[n].text)
            first = last = n
            used = [tokens[n].text]
            while who and not is_joined and last + 1 < len(tokens):
                more = self._goes_on(tokens, last, text, who, used)
                if not more:
                    break
                last, who = last + 1, more
            n = last + 1
            if who:
                first, last, extra = self._with_initials(tokens, first, last, text, who)
                is_part = not is_joined and len(used) == 1
                if not is_part or self._is_alone(tokens, n - 1, text, extra):
                    end = _behind(text, tokens[last])
                    is_part = is_part and not extra
                    yield Named(tokens[first].start, end, tuple(sorted(who)), is_part)

    def _who(self, word: str) -> tuple[frozenset[str], bool]:
        """Who a word names, and whether it is a whole name run together."""
        known = self._known.get(word)
        if known is None and word[-1:].isdigit():
            known = self._known.get(word.rstrip("0123456789"))
        return known or NOBODY

    def _goes_on(
        self, tokens: Sequence[_Token], last: int, text: str, who: frozenset[str], used: list[str]
    ) -> frozenset[str]:
        """Who is named where the next token belongs to the name as well; nobody where not."""
        token, gap = tokens[last + 1], text[tokens[last].end : tokens[last + 1].start]
        is_turned = gap == ", " and len(used) == 1
        is_near = gap == "." or (GAP.fullmatch(gap) and ("." not in gap or len(used[-1]) == 1))
        if token.text in used or not (is_near or is_turned):
            return frozenset()
        if linked := frozenset(p for p in who if token.text in self.names[p].particles):
            return linked
        also = who & self._who(token.text)[0]
        if is_turned:
            also = frozenset(p for p in also if self.names[p].parts[-1] == used[0])
        if also:
            used.append(token.text)
        return also

    def _with_initials(
        self, tokens: Sequence[_Token], first: int, last: int, text: str, who: frozenset[str]
    ) -> tuple[int, int, bool]:
        """The stretch with initials and particles on both sides, and whether there are initials."""
        extra = False
        while first > 0:
            gap = text[tokens[first - 1].end : tokens[first].start]
            if not GAP.fullmatch(gap) or "\n" in gap:
                break
            token = tokens[first - 1]
            is_initial = self._is_initial(token, gap, who)
            if not is_initial and not any(token.text in self.names[p].particles for p in who):
                break
            first, extra = first - 1, extra or is_initial
        while last + 1 < len(tokens):
            gap = text[tokens[last].end : tokens[last + 1].start]
            after = text[tokens[last + 1].end : tokens[last + 1].end + 1]
            near = gap in (" ", ", ", "\u00a0") or (extra and gap in (".", ". ", "-"))
            if not near or not self._is_initial(tokens[last + 1], after, who):
                break
            last, extra = last + 1, True
        return first, last, extra

    def _is_initial(self, token: _Token, beside: str, who: frozenset[str]) -> bool:
        """Letters that open parts of the name: capitals, or with a dot; a lone I or A is a word."""
        is_shown = "." in beside or (token.typed.isupper() and token.typed not in ("I", "A"))
        if len(token.text) > SHORT or not is_shown:
            return False
        return any(_is_within(token.text, self.names[p].initials) for p in who)

    def _is_alone(self, tokens: Sequence[_Token], n: int, text: str, extra: bool) -> bool:
        """Whether one part of a name names somebody here, with initials or quite alone."""
        token = tokens[n]
        is_word = token.text in self.ordinary or token.text.rstrip("s") in self.ordinary
        letters = len(token.text)
        if letters == 1:
            return False
        if not is_word and letters >= LONG:
            return True
        if not _is_capitalised(token.typed, text):
            return False
        if extra or not is_word:
            return True
        return letters > 2 and not _is_word_here(tokens, n, text)


def _is_word_here(tokens: Sequence[_Token], n: int, text: str) -> bool:
    """A capitalised word that opens a sentence or tells a month rather than names somebody."""
    token = tokens[n]
    before = tokens[n - 1].text if n else ""
    after = tokens[n + 1].text if n + 1 < len(tokens) else ""
    if token.text in MONTHS and (before.isdigit() or after.isdigit() or before in AT_A_DATE):
        return True
    opens = not re.search(
        r"[^\s\"'“”„‚‘’«»(\[–—•*-]", text[_sentence(text, token.start) : token.start]
    )
    return opens and after in WORD_BEFORE


def _sentence(text: str, end: int) -> int:
    """Where the sentence begins that holds a place."""
    return max((m.end() for m in re.finditer(r"[.!?:;…\n]", text[:end])), default=0)


def _is_capitalised(typed: str, text: str) -> bool:
    """As a word: a capital, then small letters; all capitals only in a text that is so."""
    if typed[:1].islower():
        return False
    rest = typed[1:]
    return rest == rest.lower() or text == text.upper()


def _is_personal(pieces: Sequence[str], ordinary: frozenset[str]) -> bool:
    """Whether parts of a name name its bearer: not those of "Data team", "Legal" or "Seat 3"."""
    if not pieces or any(sign.isdigit() for piece in pieces for sign in piece):
        return False
    small = [piece for piece in pieces if piece[0].islower() and piece not in PARTICLES]
    if small and len(small) < len(pieces):
        return False
    words = [_folded(piece)[0] for piece in pieces]
    return any(word not in ordinary or word in ALSO_WORDS for word in words)


def _run_together(name: _Name, spelt: str) -> Iterator[str]:
    """A name as accounts have it: zoelindqvist, lindqvistzoe, zlindqvist, jlpena."""
    parts = name.parts
    if len(parts) > 1:
        first, last = parts[0], parts[-1]
        yield "".join(WORD.findall(spelt))
        yield from ("".join(parts), first + last, last + first)
        if len(last) >= LONG:
            yield from (first[0] + last, name.initials[:-1] + last, last + first[0])
    for compound in re.findall(r"[^\W_]+(?:['’\-][^\W_]+)+", spelt):
        yield "".join(WORD.findall(compound))


def _is_within(some: str, letters: str) -> bool:
    """In order, with gaps: J and JL are within JLP."""
    rest = iter(letters)
    return all(letter in rest for letter in some)


def _german(typed: str) -> str:
    return "".join(GERMAN.get(sign, sign) for sign in typed.lower())


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Plain letters without case, and where in the text each one stands."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    signs: list[str] = []
    at: list[int] = []
    for n, sign in enumerate(text):
        plain = sign.casefold() if sign.isascii() else _plain(sign)
        signs.append(plain)
        at += [n] * len(plain)
    return "".join(signs), [*at, len(text)]


def _plain(sign: str) -> str:
    """One character's letters; marks and signs that are not seen have none."""
    if sign.isspace():
        return sign
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", sign).casefold())
    return "".join(
        PLAIN.get(c, c) for c in apart if unicodedata.category(c) not in ("Mn", "Me", "Cf")
    )


def _behind(text: str, last: _Token) -> int:
    """Where the name ends: behind the dot of an initial, unless it may close the sentence."""
    goes_on = re.match(r"\.(?=\s*[^\W\d_A-Z]|\s*[,;:)])", text[last.end :])
    return last.end + 1 if len(last.text) == 1 and goes_on else last.end


def _apart(found: Iterable[Named]) -> tuple[Named, ...]:
    """Those that overlap as one that names whom the longest of them names."""
    kept: list[Named] = []
    for each in sorted(found, key=lambda f: (f.start, -f.end, f.people)):
        if kept and each.start < kept[-1].end:
            last = kept.pop()
            longer = last if last.end - last.start >= each.end - each.start else each
            each = replace(
                longer,
                start=last.start,
                end=max(last.end, each.end),
                is_part=last.is_part and each.is_part,
            )
        kept.append(each)
    return tuple(kept)


def _add(found: dict[str, list[str]], word: str, person: str) -> None:
    group = found.setdefault(word, [])
    if person not in group:
        group.append(person)
