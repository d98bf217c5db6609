import * as pulumi from '@pulumi/pulumi';
import type { RawConfig } from '../config/raw';
import { contractVersion } from '../contract/central';
import { deployedState, receiveState } from '../contract/deployed-state';
import main from '../index';
import type { Deployment } from '../tools/render/registered';
import { run } from '../tools/render/run';
import { startApiServer, type ApiServer } from './support/api-server';
import { centralConfig, centralRaw, edgeRaw, type Changes } from './support/stack-configs';

/*
 * The program itself: that what it refuses, reads and returns is wired to the engine's configuration, the
 * cluster of the kubeconfig, the charts of the environment and the outputs of stacks. What is refused and
 * why: tests/checks.
 */

jest.setTimeout(60_000);

let cluster: ApiServer;

beforeAll(async () => {
  cluster = await startApiServer('here');
});

afterAll(() => cluster.close());

afterEach(() => {
  jest.restoreAllMocks();
  delete process.env['CHART_DIR'];
  delete process.env['PULUMI_CONFIG_SECRET_KEYS'];
});

/** The keys with which a stack reaches the cluster that answers. */
const reachable = (): Changes => ({
  'cluster.context': 'here',
  'cluster.server': cluster.url,
  'cluster.kubeconfig': cluster.kubeconfig,
});

/** Outputs of another run, as a stack reference gives them. */
const outputs = (value: Deployment['outputs']['value']): Deployment => ({
  stack: 'other',
  resources: [],
  outputs: { value, secretPaths: [] },
  secrets: new Set(),
  origins: new Map(),
});

/** Runs the program as the engine does. */
function up(raw: RawConfig, references: Record<string, Deployment> = {}): Promise<Deployment> {
  delete process.env['CHART_DIR'];
  process.env['PULUMI_CONFIG_SECRET_KEYS'] = JSON.stringify(raw.secretKeys);
  return run({
    project: 'monitoring',
    ...raw,
    references: new Map(Object.entries(references)),
    program: main,
  });
}

const central = (changes: Changes = {}) => centralRaw({ ...reachable(), ...changes });
const edge = (changes: Changes = {}) => edgeRaw({ ...reachable(), ...changes });
const self = 'organization/monitoring/cluster-01';

/** What a central stack of these changes has exported. */
const last = (changes: Changes, ringShrunkAt?: string): Record<string, Deployment> => {
  const config = centralConfig(changes);
  const receive = receiveState(undefined, config.receive, new Date());
  const value = {
    bucket: config.objectStore.bucket,
    receive: { ...receive, ...(ringShrunkAt !== undefined && { ringShrunkAt }) },
    deployed: deployedState(config),
  };
  return { [self]: outputs(JSON.parse(JSON.stringify(value)) as Deployment['outputs']['value']) };
};

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

describe('the program of a central stack', () => {
  it('registers resources and returns what it promises', async () => {
    const { resources, outputs } = await up(central());
    expect(resources.some(({ name }) => name === 'thanos-receive-router')).toBe(true);
    expect(outputs.value).toMatchObject({ contractVersion, tenants: ['cluster-02', 'cluster-03'] });
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['a bad configuration', () => up(central({ outage: 'soon' })), /monitoring:outage: found "soon"/],
    [
      'a key below a namespace that nobody reads',
      () => up(central({ 'monitorin:outage': '12h' })),
      /monitorin:outage: found "12h"; allowed: keys below monitoring:/,
    ],
    [
      'a configuration that contradicts itself',
      () => up(central({ 'receive.ring': 2 })),
      /monitoring:receive\.ring: found 2/,
    ],
    [
      'a secret in plain text',
      () => up({ ...central(), secretKeys: [] }),
      /monitoring:objectStoreUser: found a value in plain text/,
    ],
    [
      'a context that leads to another cluster',
      () => up(central({ 'cluster.server': 'https://192.0.2.1:6443' })),
      /monitoring:cluster\.context: found "here", which leads to https:\/\/127\.0\.0\.1/,
    ],
    [
      'a step that loses what is deployed',
      () => up(central(), last({ 'store.storage': '2Gi' })),
      /monitoring:store\.storage: found 1Gi; allowed: at least 2Gi, the deployed size/,
    ],
    [
      'ingestors that left the ring an hour ago',
      () => up(central(), last({ 'receive.replicas': 2, 'receive.ring': 1 }, hoursAgo(1))),
      /monitoring:receive\.replicas: found 1; allowed: at least 2 until /,
    ],
  ])('refuses %s, without a stack trace', async (_, program, message) => {
    const refusal = program().catch((error: unknown) => error);
    expect(await refusal).toMatchObject({ message: expect.stringMatching(message) as string });
    expect(pulumi.RunError.isInstance(await refusal)).toBe(true);
  });

  it('lets ingestors go that left the ring long ago', async () => {
    const before = last({ 'receive.replicas': 2, 'receive.ring': 1 }, hoursAgo(8));
    const { outputs } = await up(central(), before);
    expect(outputs.value).toMatchObject({ receive: { replicas: 1 } });
  });

  it('refuses charts that are not in the folder of the environment', async () => {
    const raw = central();
    const program = up(raw);
    process.env['CHART_DIR'] = '/no/such/folder';
    await expect(program).rejects.toThrow('monitoring:charts.directory: found /no/such/folder/');
  });

  it('warns of what is accepted without need', async () => {
    const warn = jest.spyOn(pulumi.log, 'warn').mockResolvedValue();
    await up(central({ acceptedRisks: { 'store.storage': 'it was small once' } }));
    expect(warn.mock.calls.map(([message]) => message)).toContain(
      'monitoring:acceptedRisks.store.storage is no longer needed; remove it.',
    );
  });
});

describe('the program of an edge stack', () => {
  let centre: Deployment;

  beforeAll(async () => {
    centre = await up(central());
  });

  it('takes address and identity from the outputs of the central stack', async () => {
    const { resources, outputs } = await up(edge(), { [self]: centre });
    expect(outputs.value).toMatchObject({
      tenant: 'cluster-02',
      remoteWriteUrl: 'https://thanos-receiver.monitoring.example.org:19291/api/v1/receive',
    });
    const secret = resources.find(({ name, custom }) => custom && name === 'remote-write-tls');
    expect(JSON.stringify(secret?.inputs)).toContain('private key of edge-authority-cluster-02');
  });

  it('refuses a central stack that is not deployed', async () => {
    await expect(up(edge())).rejects.toThrow(`Stack ${self} has no output contractVersion`);
  });

  it('refuses what the centre is not sized for', async () => {
    const program = up(edge({ 'agent.scrapeInterval': '10s' }), { [self]: centre });
    await expect(program).rejects.toThrow(
      'monitoring:agent.scrapeInterval: found 10s; allowed: at least 30s',
    );
  });
});
