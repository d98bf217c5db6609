import { parse } from 'yaml';
import { blackboxExporter } from '../../../components/blackbox-exporter/exporter';
import { bucketUsers } from '../../../components/object-store/object-store';
import { secretName } from '../../../components/object-store/minio';
import { roles } from '../../../components/thanos/roles';
import { objectStoreSchema } from '../../../config/object-store';
import { volumes } from '../../../contract/deployed-state';
import { deployCentral } from '../../../stacks/central';
import { centralConfig, centralRaw } from '../../support/stack-configs';
import { register, type Registered } from '../../support/mocks';
import { workloads } from '../../invariants/objects';
import { types } from './fixtures';

interface Spec {
  volumeClaimTemplates?: { spec: { resources: { requests: { storage: string } } } }[];
  template: {
    spec: {
      containers: { ports: { name: string; containerPort: number }[] }[];
      volumes?: { secret?: { secretName: string } }[];
    };
  };
}

const rows = Object.entries(roles);
const own = rows.flatMap(([key, row]) => ('name' in row ? [{ key, ...row }] : []));

describe('the table of Thanos roles', () => {
  const config = centralConfig();
  let stack: Registered;

  beforeAll(async () => {
    const { values, secretKeys } = centralRaw();
    stack = await register(
      () =>
        deployCentral({
          role: 'central',
          config,
          last: undefined,
          now: new Date(0),
          charts: undefined,
          warnings: [],
        }),
      { values: { ...values }, secretKeys },
    );
  }, 60_000);

  const workload = (name: string) => {
    const found = workloads(stack.resources).find(({ resource }) => resource.name === name);
    return found?.object.spec as unknown as Spec;
  };

  it('has every workload of Thanos, and the sidecar', () => {
    const deployed = workloads(stack.resources).map(({ resource }) => resource.name);
    // The one workload of ours that is not Thanos.
    expect(deployed.sort()).toEqual([blackboxExporter.name, ...own.map(({ name }) => name)].sort());
    expect(rows.filter(([, row]) => !('name' in row)).map(([key]) => key)).toEqual(['sidecar']);
  });

  it.each(own)('has the ports of $name', ({ name, ports }) => {
    const found = workload(name).template.spec.containers.flatMap((container) => container.ports);
    expect(Object.fromEntries(found.map((p) => [p.name, p.containerPort]))).toEqual(ports);
  });

  it.each(own)('has the Service of $name', ({ service, ...row }) => {
    const { spec } = stack.inputs(types.service, service) as { spec: { clusterIP?: string } };
    expect(spec.clusterIP === 'None').toBe('volume' in row);
  });

  it.each(own)('has the volume of $name, or that it has none', ({ name, ...row }) => {
    const sizes = workload(name).volumeClaimTemplates?.map(({ spec }) => spec.resources.requests.storage);
    const size = 'volume' in row ? volumes(config)[row.volume] : undefined;
    expect(sizes).toEqual(size && [size.kubernetes]);
  });

  it.each(own)('has whether $name goes to the bucket', ({ name, key }) => {
    const secrets = workload(name).template.spec.volumes?.map(({ secret }) => secret?.secretName) ?? [];
    const objstore = secrets.filter((secret) => secret?.startsWith('thanos-s3-config'));
    const user = bucketUsers.find((candidate) => candidate === key);
    expect(objstore).toEqual(user ? [secretName(user)] : []);
  });

  it('has every StoreAPI that Query asks', () => {
    const { data } = stack.inputs(types.configMap, 'thanos-query-endpoints') as {
      data: Record<string, string>;
    };
    const { endpoints } = parse(data['endpoints.yaml'] ?? '') as { endpoints: { address: string }[] };
    const services = rows.flatMap(([, row]) => ('storeApi' in row ? [row.service] : []));
    expect(endpoints.map(({ address }) => address)).toEqual(
      services.map((service) => `dnssrv+_grpc._tcp.${service}.monitoring.svc.cluster.local`),
    );
    expect(services).toEqual([
      'prometheus-operated',
      'thanos-receiver-headless',
      'thanos-store',
      'thanos-ruler',
    ]);
  });

  it('has the users of the bucket, for whom the configuration of an existing one names Secrets', () => {
    expect(bucketUsers).toEqual(['sidecar', 'receive', 'store', 'compactor', 'ruler']);
    const [existing] = objectStoreSchema.options.flatMap(({ shape }) =>
      'secrets' in shape ? [shape.secrets.shape] : [],
    );
    expect(Object.keys(existing ?? {})).toEqual(bucketUsers);
  });
});
