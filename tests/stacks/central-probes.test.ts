import { deployFleet } from '../../tools/render/fleet';
import type { RegisteredResource } from '../../tools/render/registered';
import { centralRaw, type Changes } from '../support/stack-configs';

const probeType = 'kubernetes:monitoring.coreos.com/v1:Probe';

interface Inputs {
  spec: { targets: { staticConfig: { static: string[] } } };
  data: Record<string, string>;
}

/** What a central stack with these changes deploys of the blackbox exporter. */
async function deployed(changes: Changes) {
  const [central] = await deployFleet([
    { ...centralRaw(changes), stack: 'cluster-01', path: 'Pulumi.cluster-01.yaml' },
  ]);
  const resources: readonly RegisteredResource[] = central?.resources ?? [];
  const inputs = (resource: RegisteredResource) => resource.inputs as unknown as Inputs;
  return {
    targets: Object.fromEntries(
      resources
        .filter(({ type }) => type === probeType)
        .map((probe) => [probe.name, inputs(probe).spec.targets.staticConfig.static]),
    ),
    config: resources
      .filter(({ type, name }) => type.endsWith(':ConfigMap') && name === 'blackbox-exporter')
      .map((map) => inputs(map).data['config.yml'] ?? '')
      .join(''),
    pods: resources.filter(({ type, name }) => type.endsWith(':Deployment') && name === 'blackbox-exporter'),
  };
}

describe('the blackbox exporter of a central stack', () => {
  it('asks the edges of the list, Receive, and the three names', async () => {
    const { targets } = await deployed({});
    expect(targets).toEqual({
      'probe-edges': ['cluster-02', 'cluster-03'],
      'probe-receive': ['thanos-receiver.monitoring.svc.cluster.local:19291'],
      'probe-receive-refusal': ['https://thanos-receiver.monitoring.svc.cluster.local:19291/api/v1/receive'],
      'probe-name-grafana': ['https://grafana.monitoring.example.org/api/health'],
      'probe-name-thanos-query': ['https://thanos-query.monitoring.example.org/'],
      'probe-name-thanos-receiver': ['thanos-receiver.monitoring.example.org:19291'],
    });
  }, 60_000);

  it("judges the Ingress hosts' certificates where they are of the stack's own authority", async () => {
    const secret = { 'ingress.tls': { kind: 'secret', secretName: 'wildcard' } };
    const [own, foreign] = [await deployed({}), await deployed(secret)];
    expect(own.config).not.toContain('insecure_skip_verify');
    expect(foreign.config).toContain('insecure_skip_verify');
  }, 60_000);

  it('asks no name, or is not there at all, where the configuration says so', async () => {
    const unnamed = await deployed({ 'blackboxExporter.publicNames': false });
    expect(Object.keys(unnamed.targets).sort()).toEqual([
      'probe-edges',
      'probe-receive',
      'probe-receive-refusal',
    ]);
    const none = await deployed({ 'blackboxExporter.enabled': false });
    expect(none.targets).toEqual({});
    expect(none.pods).toEqual([]);
  }, 60_000);
});
