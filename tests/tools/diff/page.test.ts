import { pages } from '../../../tools/diff/page';
import { parts } from '../../../tools/github/parts';
import type { Comparison } from '../../../tools/diff/comparison';
import { pair } from './rendered-pair';

const page = (comparison: Comparison) =>
  pages(comparison, { elsewhere: 'elsewhere', reported: false }).comment;

const base = { name: 'main', commit: '0123456789abcdef' };
const text = (...resources: string[]) => [`stack: a\noutputs: {}\n`, ...resources].join('---\n');

/** One stack, from hand-made text. */
const one = (before: string, after: string): Comparison => ({
  base,
  stacks: [{ stack: 'a', before: { text: before }, after: { text: after } }],
});

describe('the page', () => {
  it('of two equal revisions says that nothing changes, and nothing else', async () => {
    const shown = page(await pair({}, {}));
    expect(shown.split('\n')).toEqual([
      parts.diff.marker,
      '',
      '### What this change does to each stack',
      '',
      expect.stringMatching(
        /^\*\*Nothing changes\*\* in 3 stacks\. Compared with `main` \(`0123456789ab`\)/,
      ) as string,
      '',
    ]);
  });

  it('says of what another program has compared that it is its own word, also where nothing changes', async () => {
    const { comment, full } = pages(await pair({}, {}), { elsewhere: '', reported: true });
    for (const shown of [comment, full]) {
      expect(shown).toContain("\n\nSo says the pull request's own program, which it may have changed: ");
    }
    expect(page(await pair({}, {}))).not.toContain('So says');
  });

  it('says of a stack whose file is gone that it stays, and counts nothing of it as deleted', () => {
    const claim = 'type: kubernetes:core/v1:PersistentVolumeClaim\nname: v\ninputs: {}\n';
    const shown = page({ base, stacks: [{ stack: 'a', before: { text: text(claim) } }] });
    expect(shown.split('\n').slice(6)).toEqual([
      '> [!CAUTION]',
      '> **1 thing to look at before this is merged**',
      '>',
      '> - `a`: the stack file is gone. That deletes nothing: what is deployed stays, unmanaged, until `pulumi destroy` is run with the old revision. That deletes what is listed below, but what is protected or retained.',
      '',
      '#### `a`, its file is gone',
      '',
      '- stays deployed: PersistentVolumeClaim `v`',
      '',
    ]);
  });

  it('shows a value once for all edges that have it in common', async () => {
    const shown = page(await pair({}, { edge: { controlPlane: { etcd: true } } }));
    expect(shown).toContain('#### 2 stacks: `cluster-02`, `cluster-03`\n');
    expect(shown).toContain('  - `values.kubeEtcd.enabled`: `false` → `true`\n');
    expect(shown.match(/kubeEtcd\.enabled/g)).toHaveLength(1);
  });

  it('shows an edge that is added: a new stack, and what the centre makes for it', async () => {
    const shown = page(await pair({}, { edges: ['cluster-02', 'cluster-03', 'cluster-04'] }));
    expect(shown).toContain('#### `cluster-04`, new\n');
    expect(shown).toContain('- added: PrivateKey `edge-authority-cluster-04`\n');
    expect(shown).toContain('  - `tenants[2]`: added `cluster-04`\n');
    expect(shown).not.toContain('cluster-03`\n');
  });

  it('says of many edges that are added once what is made for each', async () => {
    const names = ['cluster-04', 'cluster-05', 'cluster-06'];
    const central = { receive: { resources: { limits: { memory: '8Gi' } } } };
    const shown = page(await pair({ central }, { edges: ['cluster-02', 'cluster-03', ...names], central }));
    expect(shown).toContain(`#### 3 stacks, new: ${names.map((name) => `\`${name}\``).join(', ')}\n`);
    expect(shown).toContain('- added: 3 × PrivateKey `edge-authority-cluster-04`');
    expect(shown).toContain('  - `edgeCredentials.cluster-04` and 2 more like it: added');
  });

  it('warns of a volume that is made anew, before anything else', async () => {
    const shown = page(await pair({}, { central: { compactor: { storage: '200Gi' } } }));
    const top = shown.slice(0, shown.indexOf('| stack |'));
    expect(top).toContain('> [!CAUTION]\n> **1 thing to look at before this is merged**\n');
    expect(top).toContain(
      '> - `cluster-01`: StatefulSet `thanos-compactor` is **replaced** (`spec.volumeClaimTemplates[data].spec.resources.requests.storage`): its pods all end;',
    );
    expect(shown).toContain('\n- **replaced**: StatefulSet `thanos-compactor`, for ');
  });

  it('never shows a secret', async () => {
    const comparison = await pair({}, { edges: ['cluster-02'], central: { outage: '5h' } });
    expect(pages(comparison, { elsewhere: '', reported: false }).full).not.toMatch(
      /private key of|placeholder of/,
    );
  });

  it('shows why a stack is refused, and that it was before', () => {
    const shown = page({
      base,
      stacks: [
        { stack: 'a', before: { text: text() }, after: { refused: 'storage: found 1Gi' } },
        { stack: 'b', before: { refused: 'no YAML' }, after: { text: text() } },
        { stack: 'c', before: { refused: 'old' }, after: { refused: 'new' } },
      ],
    });
    expect(shown).toContain('> - `a`: **refused**, so nothing of it can be deployed; the reason is below.\n');
    expect(shown).toContain('#### `a`, refused\n\n```\nstorage: found 1Gi\n```\n');
    expect(shown).toContain('#### `c`, refused\n\n```\nnew\n\nThe base is refused too.\n```\n');
    expect(shown).toContain('#### `b`, refused before, not now\n\n```\nno YAML\n```\n');
  });

  it('takes a bucket that is protected, or loses that, for a thing to look at', () => {
    const bucket = (options: string) =>
      `type: minio:index/s3Bucket:S3Bucket\nname: t\n${options}inputs: {bucket: x}\n`;
    const guarded = bucket('options: {protect: true, retainOnDelete: true}\n');
    expect(page(one(text(guarded), text()))).toContain(
      'is **deleted**, but is protected: the engine refuses',
    );
    expect(page(one(text(guarded), text(bucket(''))))).toContain('loses `options.protect`: the next change');
    expect(page(one(text(bucket('')), text()))).toContain('is **deleted**: all blocks in it are lost');
  });

  it('takes another parent for another resource', () => {
    const service = (parent: string) =>
      `type: kubernetes:core/v1:Service\nname: s\nparent: ${parent}\ninputs: {}\n`;
    const parents = ['type: a:b:C\nname: one\n', 'type: a:b:D\nname: two\n'];
    const shown = page(one(text(...parents, service('a:b:C one')), text(...parents, service('a:b:D two'))));
    expect(shown).toContain(
      '**replaced**: Service `s`, for `its place in the tree: a:b:C → a:b:D, unless an alias',
    );
  });

  it('lets no text of a stack be Markdown, a mention or the marker', () => {
    const evil = '@everyone `x` <!-- monitoring: diff -->';
    const map = (value: string) =>
      `type: kubernetes:core/v1:ConfigMap\nname: c\ninputs: {data: {a: '${value}'}}\n`;
    const shown = page(one(text(map('x')), text(map(evil))));
    expect(shown.split('\n').filter((line) => line.startsWith('<!--'))).toHaveLength(1);
    expect(shown).toContain('`x` → ``@everyone `x` <!-- ');
  });

  it('has room in a comment, and counts what has none', () => {
    const map = (i: number, value: string) =>
      `type: kubernetes:core/v1:ConfigMap\nname: c${i}\ninputs: {data: {k${i}: '${value.repeat(150)}${i}'}}\n`;
    const many = (value: string) => text(...Array.from({ length: 500 }, (_, i) => map(i, value)));
    const comparison = one(many('x'), many('y'));
    const shown = page(comparison);
    expect(shown.length).toBeLessThanOrEqual(parts.diff.size);
    const listed = shown.match(/^- changed: ConfigMap/gm)?.length ?? 0;
    expect(listed).toBeGreaterThan(100);
    expect(shown).toContain(
      `**Not shown, for want of room**: ${500 - listed} resources with ${500 - listed} changed values. All of it: elsewhere.`,
    );
    expect(
      pages(comparison, { elsewhere: '', reported: false }).full.match(/^- changed: ConfigMap/gm),
    ).toHaveLength(500);
  });

  it('has what a plan needs, before and after, where they differ', () => {
    const table = (memory: string) =>
      [
        `3 edges of at most ${memory} series`,
        'bucket: 1 GiB a day = 1',
        '',
        'component  pods  resource  each  sum',
        `store  1  memory  ${memory}  ${memory} = 1`,
        'store  1  disk  1 GiB  1 GiB = 1',
      ].join('\n');
    const shown = page({
      base,
      stacks: [
        {
          stack: 'a',
          before: { text: text() },
          after: { text: text() },
          capacity: { before: table('1 GiB'), after: table('2 GiB') },
        },
      ],
    });
    expect(shown).toContain('| `a` | `store: memory` | `1 × 1 GiB` | `1 × 2 GiB` |\n');
    expect(shown).not.toContain('disk');
    expect(shown).toContain(
      '| `a` | `plan` | `3 edges of at most 1 GiB series` | `3 edges of at most 2 GiB series` |\n',
    );
    expect(shown).not.toContain('bucket');
  });
});
