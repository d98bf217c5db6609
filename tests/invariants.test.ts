import { join } from 'node:path';
import { deployFleet } from '../tools/render/fleet';
import type { Deployment } from '../tools/render/registered';
import { readStackFile, stackFilesIn, type StackFile } from '../tools/render/stack-file';
import { connections } from './invariants/promises/connections';
import { contents } from './invariants/promises/contents';
import type { Fault } from './invariants/promises/invariant';
import { centralRaw, type Changes } from './support/stack-configs';
import { identified } from './invariants/promises/identities';
import { lifetime } from './invariants/promises/lifetime';
import { ordered } from './invariants/promises/order';

const invariants = [...contents, ...connections, ...lifetime, ...ordered, ...identified];

/**
 * The example of a central stack, which the committed data cannot change, in several sizes: a promise may
 * hold by chance.
 */
const example = (name: string, changes: Changes = {}): StackFile => ({
  ...centralRaw(changes),
  stack: name,
  path: `Pulumi.${name}.yaml`,
});

/** What no two stacks of a fleet share. */
const ofItsOwn = (number: number): Changes => ({
  'cluster.server': `https://192.0.2.${100 + number}:6443`,
  'cluster.domain': `monitoring-${number}.example.org`,
  'objectStore.bucket': `thanos-${number}`,
});

const examples = [
  example('the example'),
  example('a receiver with a secret', {
    ...ofItsOwn(1),
    alertmanager: { receivers: [{ name: 'ops', slack: [{ url: { configKey: 'slackPlatform' } }] }] },
  }),
  example('three ingestors, no ruler', {
    ...ofItsOwn(2),
    'receive.replicas': 3,
    'ruler.enabled': false,
    acceptedRisks: { 'ruler.enabled': 'an example without it' },
  }),
  example('one replica of everything', {
    ...ofItsOwn(3),
    ...Object.fromEntries(
      [
        'prometheus',
        'alertmanager',
        'receive',
        'receive.routers',
        'query',
        'queryFrontend',
        'store',
        'ruler',
      ].map((part) => [`${part}.replicas`, 1]),
    ),
  }),
];

const committed = stackFilesIn(join(__dirname, '..')).map(readStackFile);

let fleet: Deployment[];

beforeAll(async () => {
  fleet = await deployFleet([...examples, ...committed]);
  // Seconds on an idle machine.
}, 240_000);

/** The example with one resource changed. */
function broken([type, name, path, value]: Fault): Deployment {
  const central = structuredClone(fleet[0]);
  const resource = central?.resources.find((candidate) => candidate.type === type && candidate.name === name);
  if (!central || !resource) throw new Error(`The example has no ${type} ${name}`);
  const keys = path.split(' ');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Record<string, unknown>>(
    (node, key) => {
      const inner = node[key];
      if (typeof inner !== 'object' || inner === null) throw new Error(`${type} ${name} has no ${path}`);
      return inner as Record<string, unknown>;
    },
    { ...resource },
  );
  if (keys.length === 0) Object.assign(resource, { [last]: value });
  else parent[last] = value;
  return central;
}

describe('in every stack,', () => {
  it.each(invariants)('$promise', ({ problems }) => {
    const found = fleet.flatMap((deployment) =>
      problems(deployment).map((problem) => `${deployment.stack}: ${problem}`),
    );
    expect(found).toEqual([]);
  });
});

describe('it would be noticed unless', () => {
  it.each(invariants)('$promise', ({ problems, fault, said }) => {
    const noticed = problems(broken(fault));
    expect(noticed.some((problem) => problem.startsWith(said)) ? said : noticed).toBe(said);
  });
});

describe('a further edge', () => {
  it('costs the central stack four resources', async () => {
    const edges = ['cluster-02', 'cluster-03', 'cluster-04'].map((name) => ({ name }));
    const [after] = await deployFleet([example('one more', { edges })]);
    expect(after?.resources.length).toBe((fleet[0]?.resources.length ?? Number.NaN) + 4);
  }, 60_000);
});
