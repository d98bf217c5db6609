import { join } from 'node:path';
import { deployFleet } from '../tools/render/fleet';
import type { Deployment } from '../tools/render/registered';
import { readStackFile, stackFilesIn, type StackFile } from '../tools/render/stack-file';
import { connections } from './invariants/promises/connections';
import { contents } from './invariants/promises/contents';
import type { Fault } from './invariants/promises/invariant';
import { identified } from './invariants/promises/identities';
import { lifetime } from './invariants/promises/lifetime';
import { ordered } from './invariants/promises/order';

const invariants = [...contents, ...connections, ...lifetime, ...ordered, ...identified];

const files = stackFilesIn(join(__dirname, '..')).map(readStackFile);
/** The central stack in other sizes, since a promise may hold for the committed replicas by chance. */
const variants: Record<string, Record<string, unknown>> = {
  'three ingestors, no ruler': { receive: { replicas: 3 }, ruler: { enabled: false } },
  'one replica of everything': {
    prometheus: { replicas: 1 },
    alertmanager: { replicas: 1 },
    receive: { replicas: 1, routers: { replicas: 1 } },
    ...Object.fromEntries(
      ['query', 'queryFrontend', 'store', 'ruler'].map((part) => [part, { replicas: 1 }]),
    ),
  },
};

/** The central stack's file with other values. */
function variant(name: string, changes: Record<string, unknown>): StackFile {
  const [central] = files;
  if (!central) throw new Error('There is no stack file');
  const changed = Object.entries(changes).map(([key, value]): [string, string] => [
    `monitoring:${key}`,
    JSON.stringify(value),
  ]);
  return { ...central, stack: name, values: { ...central.values, ...Object.fromEntries(changed) } };
}

let fleet: Deployment[];

beforeAll(async () => {
  const others = Object.entries(variants).map(([name, changes]) => variant(name, changes));
  fleet = await deployFleet([...files, ...others]);
}, 60_000);

/** The central stack with one resource changed. */
function broken([type, name, path, value]: Fault): Deployment {
  const central = structuredClone(fleet[0]);
  const resource = central?.resources.find((candidate) => candidate.type === type && candidate.name === name);
  if (!central || !resource) throw new Error(`The central stack has no ${type} ${name}`);
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
  it('costs the central stack at most four resources', async () => {
    const edges = JSON.parse(files[0]?.values['monitoring:edges'] ?? '[]') as object[];
    const [after] = await deployFleet([variant('one more', { edges: [...edges, { name: 'cluster-99' }] })]);
    const added = (after?.resources.length ?? Number.NaN) - (fleet[0]?.resources.length ?? Number.NaN);
    expect(added).toBeGreaterThan(0);
    expect(added).toBeLessThanOrEqual(4);
  }, 60_000);
});
