import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kustomize } from './kustomize.ts';

// Each fixture's expected.yaml is what kustomize 5.5 (kubectl 1.32) made of it, byte for byte.
const fixtures = join(import.meta.dirname, 'fixtures');

describe('kustomize', () => {
  it.each([
    ['generated objects, their hashes and all references to them', 'base'],
    ['an overlay that renames, labels, patches and merges', 'overlay'],
    ['the same base twice under different names', 'two/all'],
    ['a component', 'comp/o'],
    ['hashes of empty entries, of letters that HTML escapes, of types', 'hash'],
    ['lists that merge by key or are replaced, and $patch', 'lists'],
    ['prefixes and suffixes of many kinds', 'wide/prefix'],
    ['namespaces of many kinds', 'wide/ns'],
    ['namespaces of the objects of a List, and subjects', 'wide/nslist'],
    ['labels with and without selectors', 'wide/labels'],
    ['images by name, tag and digest', 'wide/images'],
    ['replicas', 'wide/replicas'],
    ['patches of both kinds with targets, and deletions', 'wide/patch'],
    ['patches in their old fields', 'wide/json'],
    ['merged and replaced generators, files, bytes and env files', 'wide/generated'],
    ['objects in the order of their files', 'wide/fifo'],
    ['an overlay over overlays', 'wide/two-over'],
  ])('builds %s as kustomize does', (_, name) => {
    expect(kustomize(join(fixtures, name))).toBe(readFileSync(join(fixtures, name, 'expected.yaml'), 'utf8'));
  });

  it('warns of fields that will go', () => {
    const warnings: string[] = [];
    kustomize(join(fixtures, 'overlay'), (line) => warnings.push(line));
    expect(warnings).toEqual([
      "# Warning: 'commonLabels' is deprecated. Please use 'labels' instead. Run 'kustomize edit fix' to update your Kustomization automatically.",
    ]);
  });
});

describe('what is refused', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kustomize-'));
    mkdirSync(join(folder, 'k'));
    writeFileSync(join(folder, 'secret.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n');
    writeFileSync(join(folder, 'k/pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n');
    symlinkSync(join(folder, 'secret.yaml'), join(folder, 'k/link.yaml'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['resources: [../secret.yaml]', /^security; file '.*\/secret\.yaml' is not in or below '.*\/k'$/],
    ['resources: [link.yaml]', /^security; file '.*\/secret\.yaml' is not in or below '.*\/k'$/],
    ['configMapGenerator: [{name: a, files: [../secret.yaml]}]', /^security; file/],
    ['resources: [pod.yaml, pod.yaml]', /already registered id: Pod\.v1\.\[noGrp\]\/p\.\[noNs\]$/],
    ['resources: [.]', /^cycle detected: candidate root '(.*)' contains visited root '\1'$/],
    ['resources: ["https://example.com/a.yaml"]', /is remote: only local files are built here$/],
    ['resources: [nope.yaml]', /^accumulating resources from 'nope\.yaml': ENOENT/],
    ['bogus: 1', /^invalid Kustomization: json: unknown field "bogus"$/],
    ['labels: [{pairs: {a: b}, fields: [{path: spec}]}]', /"labels\.fields" is not supported here/],
    ['helmCharts: []', /"helmCharts" is not supported here: build it with kustomize$/],
    ['images: [{name: x, newTag: 1.20}]', /cannot unmarshal number into .*images\.newTag of type string$/],
    ['replicas: [{name: x, count: 1}]', /^resource with name x does not match a config/],
    ['configMapGenerator: [{name: x, behavior: merge}]', /does not exist; cannot merge or replace$/],
    ["patches: [{patch: 'a: b'}]", /^unable to parse SM or JSON patch from/],
    ['patches: [{patch: "[]"}]', /^must specify a target for JSON patch/],
    ['', /^kustomization\.yaml is empty$/],
  ])('%s', (text, message) => {
    writeFileSync(join(folder, 'k/kustomization.yaml'), text);
    expect(() => kustomize(join(folder, 'k'))).toThrow(message);
  });

  it('a kustomization that is elsewhere', () => {
    writeFileSync(join(folder, 'elsewhere.yaml'), 'resources: [pod.yaml]');
    symlinkSync(join(folder, 'elsewhere.yaml'), join(folder, 'k/kustomization.yaml'));
    expect(() => kustomize(join(folder, 'k'))).toThrow(
      /^security; file '.*\/elsewhere\.yaml' is not in or below/,
    );
  });

  it('a folder without a kustomization', () => {
    expect(() => kustomize(folder)).toThrow(
      /^unable to find one of 'kustomization\.yaml', 'kustomization\.yml' or 'Kustomization' in directory/,
    );
  });
});
