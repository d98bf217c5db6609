import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { stepsVerdict } from '../checks/central';
import { certificateWarnings } from '../checks/certificate';
import { edgeStepsVerdict } from '../checks/edge';
import { mayGo } from '../components/prometheus-stack/agent-backlog';
import { stepKeys } from '../config/central';
import { edgeStepKeys } from '../config/edge';
import { Duration, Quantity } from '../config/units';
import {
  deployedState,
  edgeDeployedState,
  receiveState,
  type Deployed,
  type LastOutputs,
} from '../contract/deployed-state';
import { claimsAsConfigured } from '../tools/doctor/checks/volumes';
import { centralConfig, edgeConfig } from './support/stack-configs';

/*
 * A guard must read the state that it guards, and not what is written about it: a size that was raised in the
 * configuration says nothing of the claim, nor a configured time of the process. So each guard is asked twice
 * with one and the same configuration, and only what it should read differs. One that reads the
 * configuration gives the same answer twice.
 *
 * The last outputs are what was deployed, or accepted as done, the last time. The claims themselves are seen
 * by the doctor alone, since a preview asks no cluster for them.
 */
interface Guard {
  name: string;
  /** What it reads. */
  reads: 'last outputs' | 'claims' | 'metrics of the agent, clock';
  /** Whether it holds back, in a state that it should let pass and in one that it should not. */
  answers: readonly [passing: boolean, holding: boolean];
}

const now = new Date('2026-11-28T12:00:00Z');
const central = centralConfig();
const edge = edgeConfig();

const lastCentral: LastOutputs & { deployed: Required<Deployed> } = {
  bucket: central.objectStore.bucket,
  receive: receiveState(undefined, central.receive, now),
  deployed: deployedState(central),
};
const lastEdge = { deployed: edgeDeployedState(edge) };

const inCentral = (last: LastOutputs) => stepsVerdict(last, central, now).violations.map(({ key }) => key);
const inEdge = (last: LastOutputs) => edgeStepsVerdict(last, edge).violations.map(({ key }) => key);

/** A guard of a step: what was deployed as it is configured, and otherwise. */
const step = (
  key: string,
  ask: (last: LastOutputs) => string[],
  [same, other, what = '']: readonly [same: LastOutputs, other: LastOutputs, what?: string],
): Guard => ({
  name: `${key}${what}`,
  reads: 'last outputs',
  answers: [ask(same).includes(key), ask(other).includes(key)],
});

const withVolume = <Last extends { deployed: Deployed }>(last: Last, key: string, size: string): Last => ({
  ...last,
  deployed: { ...last.deployed, volumes: { ...last.deployed.volumes, [key]: size } },
});

/** Its claim is the chart's own, and Helm grows it. */
const grownByHelm = 'grafana.storage';

const volumeGuards = (last: { deployed: Deployed }, ask: (last: LastOutputs) => string[]): Guard[] =>
  Object.keys(last.deployed.volumes).flatMap((key) => [
    step(key, ask, [last, withVolume(last, key, '900Ti'), ' deployed larger']),
    ...(key === grownByHelm
      ? []
      : [step(key, ask, [last, withVolume(last, key, '1Mi'), ' deployed smaller'])]),
  ]);

const classGuard = (last: { deployed: Deployed }, ask: (last: LastOutputs) => string[]): Guard =>
  step('cluster.storageClass', ask, [
    last,
    { ...last, deployed: { ...last.deployed, storageClass: 'other' } },
  ]);

const retentionGuards = Object.keys(lastCentral.deployed.retention).map((key) => {
  const retention = { ...lastCentral.deployed.retention, [key]: '3000d' };
  return step(key, inCentral, [
    lastCentral,
    { ...lastCentral, deployed: { ...lastCentral.deployed, retention } },
  ]);
});

const centralSteps: Guard[] = [
  step('receive.replicas', inCentral, [
    lastCentral,
    { ...lastCentral, receive: { replicas: 3, ring: 3, replicationFactor: 3 } },
  ]),
  step('objectStore.bucket', inCentral, [lastCentral, { ...lastCentral, bucket: 'other' }]),
  classGuard(lastCentral, inCentral),
  ...volumeGuards(lastCentral, inCentral),
  ...retentionGuards,
];

const edgeSteps: Guard[] = [classGuard(lastEdge, inEdge), ...volumeGuards(lastEdge, inEdge)];

const claim = (storage: string) => {
  const name = 'data-thanos-receiver-0';
  const ask = claimsAsConfigured([{ key: 'receive.storage', size: Quantity.parse('50Gi'), claims: [name] }]);
  const seen = {
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    status: { phase: 'Bound', capacity: { storage } },
  };
  return ask({ claims: { value: [seen as never] } }).status !== 'well';
};

/** Whether an agent of a promised outage of 6h is held back, that started and last sent so long ago. */
const heldBack = (started: number, sent: number | undefined): boolean => {
  const time = 1_790_000_000;
  const lines = [
    String(time),
    `process_start_time_seconds ${time - started}`,
    `prometheus_remote_storage_highest_timestamp_in_seconds ${time}`,
    `prometheus_remote_storage_queue_highest_sent_timestamp_seconds{} ${sent === undefined ? 0 : time - sent}`,
  ];
  return spawnSync('awk', [mayGo(Duration.parse('6h'))], { input: `${lines.join('\n')}\n` }).status !== 0;
};

const backlog = (name: string, passing: boolean, holding: boolean): Guard => ({
  name: `the readiness of an agent: ${name}`,
  reads: 'metrics of the agent, clock',
  answers: [passing, holding],
});

const guards: Guard[] = [
  ...centralSteps,
  ...edgeSteps,
  {
    name: 'an edge behind with its certificate',
    reads: 'last outputs',
    answers: ['2027-11-01T00:00:00Z', '2027-01-01T00:00:00Z'].map(
      (certificateEnd) =>
        certificateWarnings({ certificateEnd }, { certificateEnd: '2027-11-01T00:00:00Z' }).length > 0,
    ) as [boolean, boolean],
  },
  { name: 'the doctor’s claims', reads: 'claims', answers: [claim('50Gi'), claim('20Gi')] },
  backlog('what it has sent', heldBack(999_999, 5), heldBack(999_999, 300)),
  backlog('when it last sent', heldBack(999_999, 21_601), heldBack(999_999, 21_600)),
  backlog('when it started, having sent nothing', heldBack(21_601, undefined), heldBack(21_600, undefined)),
];

const golden = join(__dirname, 'golden');

/** Everything that the committed stacks are rendered to, stack by stack. */
const stacks = readdirSync(golden)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => ({
    file,
    documents: parseAllDocuments(readFileSync(join(golden, file), 'utf8')).map(
      (document) => document.toJS() as unknown,
    ),
  }));

/** Every value under a path of keys, wherever it begins in a tree. */
function under(tree: unknown, path: readonly string[]): unknown[] {
  if (typeof tree !== 'object' || tree === null) return [];
  const found = path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    tree,
  );
  return [
    ...(found === undefined ? [] : [found]),
    ...Object.values(tree).flatMap((value) => under(value, path)),
  ];
}

describe('every guard', () => {
  it.each(guards)('$name: reads $reads', ({ answers }) => {
    expect(answers).toEqual([false, true]);
  });

  it('of a step is in that table', () => {
    const keys = (of: readonly Guard[]) => [...new Set(of.map(({ name }) => name.split(' ')[0]))].sort();
    expect(keys(centralSteps)).toEqual([...stepKeys].sort());
    expect(keys(edgeSteps)).toEqual([...edgeStepKeys].sort());
  });

  it('that is a program in a pod is in that table', () => {
    const programs = stacks.flatMap(({ documents }) =>
      documents.flatMap((document) => under(document, ['readinessProbe', 'exec', 'command'])),
    );
    expect(programs.length).toBeGreaterThan(0);
    for (const program of programs)
      expect(JSON.stringify(program)).toContain(JSON.stringify(mayGo(Duration.parse('6h'))).slice(1, -1));
  });
});

describe('every volume of the committed stacks', () => {
  it.each(stacks)(
    '$file: is exported as it is deployed, so that the next preview knows it',
    ({ documents }) => {
      const sizes = documents.flatMap((document) => [
        ...under(document, ['resources', 'requests', 'storage']),
        ...under(document, ['persistence', 'size']),
      ]);
      const [exported] = documents.flatMap((document) => under(document, ['outputs', 'deployed', 'volumes']));
      expect(sizes.length).toBeGreaterThan(0);
      expect(sizes.map(String).sort()).toEqual(
        Object.values(exported as object)
          .map(String)
          .sort(),
      );
    },
  );
});
