/**
 * The legacy `escape`, which guests lose: it percent-encodes text of one character a byte, and in front of
 * decodeURIComponent makes a native decoder of UTF-8.
 */
export const { escape: escapeBytes } = globalThis as unknown as { escape(bytes: string): string };
