import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Rendered } from '../../../tools/render/golden';
import { render } from '../../../tools/render/render';
import type { Comparison } from '../../../tools/diff/comparison';

const cluster = {
  environment: 'test',
  context: 'a',
  server: 'https://192.0.2.9:6443',
  storageClass: 'a',
};

const centralConfig = (edges: readonly string[], changes: object) => ({
  role: 'central',
  cluster: { ...cluster, name: 'cluster-01', label: 'cluster-01-central', domain: 'example.org' },
  edges: edges.map((name) => ({ name })),
  objectStore: { kind: 'minio', endpoint: 's3.example.org', bucket: 'thanos' },
  ...changes,
});

/** What differs between two fleets: the edges, and keys of the centre or of all edges. */
export interface Fleet {
  edges?: readonly string[];
  central?: object;
  edge?: object;
}

/** What has been rendered, since most pairs have a side in common. */
const known = new Map<string, Rendered>();

async function rendered({
  edges = ['cluster-02', 'cluster-03'],
  central = {},
  edge = {},
}: Fleet): Promise<Rendered> {
  const key = JSON.stringify([edges, central, edge]);
  const before = known.get(key);
  if (before) return before;
  const folder = mkdtempSync(join(tmpdir(), 'pair-'));
  const file = (stack: string, config: object) => {
    const path = join(folder, `Pulumi.${stack}.yaml`);
    writeFileSync(path, stringify({ config }));
    return path;
  };
  try {
    const reference = 'organization/monitoring/cluster-01';
    const now = await render([
      file('cluster-01', centralConfig(edges, central)),
      ...edges.map((name) =>
        file(name, {
          role: 'edge',
          central: reference,
          cluster: { ...cluster, name, server: `https://${name}.example.org` },
          ...edge,
        }),
      ),
    ]);
    known.set(key, now);
    return now;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Two fleets, really rendered, as they are compared. */
export async function pair(before: Fleet, after: Fleet): Promise<Comparison> {
  const was = await rendered(before);
  const is = await rendered(after);
  const files = [...new Set([...was.keys(), ...is.keys()])].sort();
  const side = (name: string, text: string | undefined) => (text === undefined ? {} : { [name]: { text } });
  return {
    base: { name: 'main', commit: '0123456789abcdef' },
    stacks: files.map((file) => ({
      stack: file.replace(/\.yaml$/, ''),
      ...side('before', was.get(file)),
      ...side('after', is.get(file)),
    })),
  };
}
