import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  covers,
  isCanonical,
  isCovered,
  toPrefix,
} from '../../../core/broker/grant/path-matcher.ts';
import { runs } from '../../harness/runs.ts';

// A small alphabet, so that generated paths often share a prefix, segments begin alike and odd ones occur.
const segment = fc.constantFrom('a', 'ab', 'b', 'a.b', '..', '.', '', '*', 'é', 'a\0', 'a b');
const path = fc
  .tuple(fc.constantFrom('/', ''), fc.array(segment, { maxLength: 4 }), fc.constantFrom('', '/'))
  .map(([lead, segments, tail]) => `${lead}${segments.join('/')}${tail}`);

/** The naive oracle: split both, refuse odd parts, compare one by one. */
const oracle = (prefix: string, absolute: string): boolean => {
  const parts = (text: string): string[] | undefined => {
    const [first, ...rest] = text.split('/');
    if (first !== '' || rest.length === 0) return undefined;
    return rest.some((part) => part === '' || part === '.' || part === '..' || part.includes('\0'))
      ? undefined
      : rest;
  };
  const a = parts(prefix);
  const b = parts(absolute);
  if (a === undefined || b === undefined || a.length > b.length) return false;
  return a.every((part, index) => part === b[index]);
};

describe('covers', () => {
  it('agrees with a naive comparison segment by segment for every pair of paths', () => {
    fc.assert(
      fc.property(path, path, (prefix, absolute) => {
        assert.equal(covers(prefix, absolute), oracle(prefix, absolute));
      }),
      { numRuns: runs(5000) },
    );
  });

  it('covers whatever is appended to a canonical prefix', () => {
    fc.assert(
      fc.property(path.filter(isCanonical), path.filter(isCanonical), (prefix, below) => {
        assert.ok(covers(prefix, prefix));
        assert.ok(covers(prefix, `${prefix}${below}`));
      }),
    );
  });

  it('does not take a longer name for a folder of the same beginning', () => {
    assert.equal(covers('/data/a', '/data/ab'), false);
    assert.equal(covers('/data/a', '/data/a/b'), true);
    assert.equal(covers('/data/a/b', '/data/a'), false);
  });

  it('covers nothing through a path that is not canonical', () => {
    for (const odd of ['/a/../b', '/a/./b', '/a//b', '/a/', 'a', '', '/', '/a/b\n', '/a\0b']) {
      assert.equal(covers('/a', odd), false, JSON.stringify(odd));
      assert.equal(covers(odd, '/a/b'), false, JSON.stringify(odd));
    }
  });

  it('compares bytes, so neither case nor composition is folded', () => {
    assert.equal(covers('/A', '/a/x'), false);
    assert.equal(covers('/\u00e9', '/e\u0301/x'), false);
  });
});

describe('isCovered', () => {
  it('is false for no prefixes and true when any one covers', () => {
    assert.equal(isCovered([], '/a'), false);
    assert.equal(isCovered(['/b', '/a'], '/a/x'), true);
    assert.equal(isCovered(['/b', '/c'], '/a/x'), false);
  });
});

describe('toPrefix', () => {
  it('reads a folder with and without its closing stars as the same prefix', () => {
    assert.equal(toPrefix('/var/lib/vault/user_docs/**'), '/var/lib/vault/user_docs');
    assert.equal(toPrefix('/var/lib/vault/user_docs'), '/var/lib/vault/user_docs');
  });

  it('refuses every other glob, a relative or unclean path and the whole file system', () => {
    const refused = [
      ...['', '/', '/**', '**', 'a', 'a/**', './a', '~/a', '/a/', '/a//b', '/a/../b', '/a/./b'],
      ...['/a/*', '/*/b', '/a/**/b', '/a/b?', '/a/[b]', '/a/{b,c}', '/a/***', '/a/**/**', '/a\\b'],
      ...['/a/**/', '/a\0', '/a\n/**'],
    ];
    for (const pattern of refused)
      assert.equal(toPrefix(pattern), undefined, JSON.stringify(pattern));
  });

  it('gives a prefix that covers itself, whenever it gives one', () => {
    fc.assert(
      fc.property(path, fc.constantFrom('', '/**'), (text, tail) => {
        const prefix = toPrefix(`${text}${tail}`);
        if (prefix !== undefined) assert.ok(covers(prefix, prefix));
      }),
    );
  });
});
