import * as pulumi from '@pulumi/pulumi';
import type { CentralOutputs } from '../../contract/central';
import type { LastOutputs } from '../../contract/deployed-state';
import { deployCentral } from '../../stacks/central';
import { run } from '../../tools/render/run';
import { centralConfig, centralRaw, type Changes } from '../support/stack-configs';

const now = new Date('2026-11-27T12:00:00.000Z');
const routers = 'kubernetes:apps/v1:Deployment::thanos-receive-router';

const to = (replicas: number, ring: number): Changes => ({
  'receive.replicas': replicas,
  'receive.ring': ring,
});

/** The output `receive` after what was deployed before, and the resources that it waits for. */
async function receiveAfter(last: LastOutputs | undefined, changes: Changes) {
  const config = centralConfig(changes);
  let receive: pulumi.Output<CentralOutputs['receive']> | undefined;
  await run({
    project: 'monitoring',
    ...centralRaw(changes),
    program: () => {
      const outputs = deployCentral({ role: 'central', config, last, now, charts: undefined, warnings: [] });
      receive = pulumi.output(outputs.receive);
      return outputs;
    },
  });
  if (!receive) throw new Error('nothing was deployed');
  const output = receive;
  // What the engine is told that an output comes from; not in the SDK's types.
  const from = await (
    output as unknown as { allResources: () => Promise<Set<pulumi.Resource>> }
  ).allResources();
  return {
    value: await known(output),
    waitsFor: await Promise.all([...from].map(({ urn }) => known(urn))),
  };
}

const known = <T>(output: pulumi.Output<T>) =>
  new Promise<unknown>((resolve) => {
    output.apply(resolve);
  });

describe('the output receive', () => {
  const three: LastOutputs = { receive: { replicas: 3, ring: 3, replicationFactor: 3 } };

  it('says that the ring got smaller only when every router has the smaller ring', async () => {
    const { value, waitsFor } = await receiveAfter(three, to(3, 1));
    expect(value).toEqual({
      replicas: 3,
      ring: 1,
      replicationFactor: 1,
      blockDuration: '2h',
      ringShrunkAt: '2026-11-27T12:00:00.000Z',
    });
    expect(waitsFor.map((urn) => String(urn).endsWith(routers))).toEqual([true]);
  }, 60_000);

  it.each<[string, LastOutputs | undefined, Changes]>([
    ['got larger, at once: some router may write to the new ingestors', three, to(5, 5)],
    ['is the first one', undefined, to(3, 3)],
  ])(
    'says that the ring %s',
    async (_, last, changes) => {
      const { value, waitsFor } = await receiveAfter(last, changes);
      expect(value).toMatchObject({ ring: changes['receive.ring'] });
      expect(waitsFor).toEqual([]);
    },
    60_000,
  );
});

describe('the output deployed', () => {
  it('is what the next run compares volumes, class and retention with', async () => {
    const { outputs } = await run({
      project: 'monitoring',
      ...centralRaw(),
      program: () =>
        deployCentral({
          role: 'central',
          config: centralConfig(),
          last: undefined,
          now,
          charts: undefined,
          warnings: [],
        }),
    });
    expect(outputs.value).toMatchObject({
      deployed: {
        storageClass: 'longhorn',
        volumes: {
          'prometheus.storage': '3Gi',
          'receive.storage': '50Gi',
          'store.storage': '1Gi',
          'compactor.storage': '50Gi',
          'ruler.storage': '2Gi',
          'alertmanager.storage': '1Gi',
          'grafana.storage': '1Gi',
        },
        retention: {
          'compactor.retention.raw': '30d',
          'compactor.retention.fiveMinutes': '90d',
          'compactor.retention.oneHour': '180d',
        },
      },
    });
  }, 60_000);
});
