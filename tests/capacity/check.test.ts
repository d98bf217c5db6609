import { capacityViolations, centralNeeds, edgeNeeds } from '../../capacity/check';
import { size, sum, times, whole, type Need } from '../../capacity/need';
import { centralSchema } from '../../config/central';
import { edgeSchema } from '../../config/edge';
import { Quantity } from '../../config/units';
import { planOf } from '../../capacity/plan';

const central = centralSchema.parse({
  role: 'central',
  cluster: {
    name: 'cluster-01',
    label: 'cluster-01-central',
    environment: 'production',
    context: 'cluster-01',
    server: 'https://192.0.2.1:6443',
    domain: 'example.org',
    storageClass: 'standard',
  },
  edges: [{ name: 'cluster-02' }, { name: 'cluster-03' }, { name: 'cluster-04' }],
  objectStore: { kind: 'minio', endpoint: 's3.example.org', bucket: 'thanos' },
});

const edge = edgeSchema.parse({
  role: 'edge',
  cluster: {
    name: 'cluster-02',
    environment: 'production',
    context: 'cluster-02',
    server: 'https://192.0.2.2:6443',
    storageClass: 'standard',
  },
  central: 'organization/monitoring/cluster-01',
});

describe('a stack that cannot hold what is planned', () => {
  it('is refused with the key, the sum and what to write instead', () => {
    const need: Need = {
      component: 'receive ingestor',
      resource: 'memory',
      key: 'receive.resources.limits.memory',
      pods: 1,
      terms: [{ what: 'the process', bytes: 2 ** 20 * 100 }, times(1_000_000, 'series', 6000)],
    };
    expect(
      capacityViolations([need], { receive: { resources: { limits: { memory: Quantity.parse('4Gi') } } } }),
    ).toEqual([
      {
        key: 'receive.resources.limits.memory',
        found: '4Gi',
        allowed: 'at least 5.69 GiB = 100 MiB (the process) + 5.59 GiB (1 000 000 series of 6 000 bytes)',
        fix: 'Raise it to 6Gi, or say in acceptedRisks why it holds.',
      },
    ]);
  });

  it('passes where every key is just enough', () => {
    const need: Need = {
      component: 'store',
      resource: 'disk',
      key: 'store.storage',
      pods: 1,
      terms: [{ what: 'headers', bytes: 2 ** 30 }],
    };
    expect(capacityViolations([need], { store: { storage: Quantity.parse('1Gi') } })).toEqual([]);
  });

  it('is an error of the program where a need names a key that does not exist', () => {
    const need: Need = { component: 'store', resource: 'disk', key: 'store.disk', pods: 1, terms: [] };
    expect(() => capacityViolations([need], {})).toThrow('monitoring:store.disk is no amount of bytes');
  });
});

describe('the defaults of the configuration', () => {
  it('hold three edges of the assumed size', () => {
    expect(capacityViolations(centralNeeds(planOf(central)), central)).toEqual([]);
  });

  it('hold an edge of the assumed size', () => {
    const plan = planOf(central);
    expect(capacityViolations(edgeNeeds(50_000, plan), edge)).toEqual([]);
  });

  it('do not hold five hundred edges of 100 000 series', () => {
    const plan = planOf(central, { series: 100_000, edges: 500 });
    expect(capacityViolations(centralNeeds(plan), central).map(({ key }) => key)).toEqual([
      'receive.routers.resources.limits.memory',
      'receive.resources.limits.memory',
      'receive.storage',
      'store.storage',
      'ruler.resources.limits.memory',
      'ruler.storage',
      'query.resources.limits.memory',
    ]);
  });
});

describe('the text of a sum', () => {
  it('names each part with its count and leaves out what is nothing', () => {
    expect(sum([times(3, 'tenants', 2 ** 20), { what: 'nothing', bytes: 0 }])).toBe(
      '3.00 MiB (3 tenants of 1 048 576 bytes)',
    );
  });

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [2048, '2.00 KiB'],
    [150 * 2 ** 20, '150 MiB'],
    [3.25 * 2 ** 40, '3.25 TiB'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });

  it('groups thousands', () => {
    expect([whole(7), whole(1234), whole(1_234_567)]).toEqual(['7', '1 234', '1 234 567']);
  });
});
