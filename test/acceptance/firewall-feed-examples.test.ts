import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { firewallPolicyFor } from '../../core/broker/catalog/firewall-feed.ts';
import { installedSteps } from '../../core/broker/catalog/installed-steps.ts';
import { checkManifest } from '../../core/broker/catalog/manifest/check-manifest.ts';
import { makeEmbeddedFirewall } from '../../core/broker/gateway/firewall/embedded-firewall.ts';
import { resolveResources, withResolvedPaths } from '../../core/broker/grant/resolve.ts';
import { makeResolver } from '../../core/broker/grant/resource-name.ts';
import { makeNameFactsPowers } from '../../core/broker/main/powers/name-facts.ts';
import { sha256 } from '../../core/vocabulary/digest.ts';
import type { JsonObject, JsonValue } from '../../core/vocabulary/json.ts';
import type { Example, InstalledStep } from '../../core/vocabulary/manifest.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

interface ShippedTool {
  readonly tool: InstalledStep;
  readonly examples: readonly Example[];
}

const shippedTools = (): readonly ShippedTool[] =>
  globSync('plugins/*/manifest.yaml', { cwd: PACKAGE_ROOT }).flatMap((file) => {
    const check = checkManifest(readFileSync(join(PACKAGE_ROOT, file), 'utf8'), file);
    assert.ok(check.ok, file);
    const { manifest } = check;
    return installedSteps(manifest, sha256(file), '').flatMap((tool) => {
      const examples = manifest.entries.get(tool.entry)?.examples ?? [];
      return tool.kind === 'tool' ? [{ tool, examples }] : [];
    });
  });

/** The same call with one thing changed at a time, none of which its manifest allows. */
const mutationsOf = (
  { input, annotations }: InstalledStep,
  params: JsonObject,
  secret: string,
): readonly JsonObject[] => {
  const names = new Set(annotations.map(({ parameter }) => parameter));
  return [
    { ...params, more: true },
    ...Object.keys(params).flatMap((name): readonly JsonObject[] => {
      const changed = (value: JsonValue): JsonObject => ({ ...params, [name]: value });
      const { [name]: _left, ...without } = params;
      return [
        changed([params[name] ?? null]),
        changed(null),
        changed({}),
        ...(input.required.includes(name) ? [without] : []),
        ...(names.has(name)
          ? [
              changed('user_docs/notes.md'),
              changed(secret),
              changed(`${params[name]}/../../secret`),
            ]
          : []),
      ];
    }),
  ];
};

test('firewall.feed: the example of every shipped tool passes as it is called, and each mutation does not', async (t) => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'feed-')));
  t.after(() => rm(root, { recursive: true }));
  const folders = new Map(['user_docs', 'outputs'].map((name) => [name, join(root, name)]));
  for (const folder of folders.values()) await mkdir(folder);
  const resolver = makeResolver(folders, []);
  const tools = shippedTools();
  const firewall = makeEmbeddedFirewall({
    look: makeNameFactsPowers(),
    elapsed: () => performance.now(),
    record: async () => {},
    showPaths: false,
  });
  const scopes = { readable: [...folders.values()], writable: [join(root, 'outputs')] };
  const rateLimit = { requests_per_minute: 1_000, burst_size: 1_000 };
  await firewall.load(
    firewallPolicyFor(
      tools.map(({ tool }) => tool),
      scopes,
      { rateLimit },
    ),
  );
  const ask = (tool: string, params: JsonObject) =>
    firewall.evaluate({ tool, params }, AbortSignal.timeout(10_000));

  let mutated = 0;
  for (const { tool, examples } of tools) {
    const { entry } = tool;
    assert.ok(examples.length > 0, `${entry} has no example`);
    for (const { title, input } of examples) {
      const resolved = resolveResources(tool.annotations, input, resolver);
      assert.ok(resolved.ok, `${entry}: ${title}`);
      const params = withResolvedPaths(input, resolved.resources);
      assert.deepEqual(await ask(entry, params), { allowed: true }, `${entry}: ${title}`);
      for (const mutation of mutationsOf(tool, params, join(root, 'secret'))) {
        const verdict = await ask(entry, mutation);
        assert.ok(!verdict.allowed, `${entry}: ${JSON.stringify(mutation)}`);
        assert.equal(verdict.code, 'firewall_denied');
        mutated += 1;
      }
      for (const other of [entry.toUpperCase(), `${entry} `, `mcp.${entry}`]) {
        assert.equal((await ask(other, params)).allowed, false, other);
      }
    }
  }
  assert.ok(tools.length >= 5 && mutated >= 5 * 7, `${tools.length} tools, ${mutated} mutations`);
});
