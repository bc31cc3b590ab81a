"""A cursor on tokens."""

from directory.hours.tokens import Token


class Reader:
    """Reads tokens from left to right; `kinds` are tried against the next one."""

    def __init__(self, tokens: list[Token], position: int = 0) -> None:
        self._tokens = tokens
        self._position = position

    def peek_any(self) -> Token | None:
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def peek(self, *kinds: str) -> Token | None:
        token = self.peek_any()
        return token if token and token.kind in kinds else None

    def take(self, *kinds: str) -> Token | None:
        token = self.peek(*kinds)
        self._position += token is not None
        return token

    def take_any(self) -> Token:
        """The next token, known to be there."""
        self._position += 1
        return self._tokens[self._position - 1]

    def at(self, *kinds: str) -> bool:
        """Whether the next tokens are of these kinds, in this order."""
        coming = self._tokens[self._position : self._position + len(kinds)]
        return [token.kind for token in coming] == list(kinds)

    def ahead(self) -> "Reader":
        """A reader of its own, one token further."""
        return Reader(self._tokens, self._position + 1)

    def skip(self, *kinds: str) -> bool:
        """Pass over these; whether anything is left."""
        while self.take(*kinds):
            pass
        return self.peek_any() is not None

    def has(self, kind: str) -> bool:
        return any(token.kind == kind for token in self._tokens)

    def next_of(self, *kinds: str) -> Token | None:
        """The first coming token of one of these kinds."""
        return next((token for token in self._tokens[self._position :] if token.kind in kinds), None)

    def comes_before(self, wanted: tuple[str, ...], limits: tuple[str, ...]) -> bool:
        """Whether a wanted kind comes before any limit."""
        token = self.next_of(*wanted, *limits)
        return token is not None and token.kind in wanted
