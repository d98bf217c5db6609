import type { Flow, Peer } from '../../components/foundation/network-policies';
import { partsLetOut, type LetOut } from '../../config/network-policies';
import { apiServerPorts, centralFlows, edgeFlows } from '../../stacks/flows';

const name = (peer: Peer) =>
  peer === 'anywhere' ? peer : 'name' in peer ? peer.name : JSON.stringify(peer.outside);
const lines = (flows: Flow[]) =>
  flows.map(({ from, to, ports }) => `${name(from)} > ${name(to)}: ${String(ports)}`);

const probed = { enabled: true, publicNames: true, egress: [] as number[] };

const central = (ruler = true, receiverPorts: number[] = [], probes = probed, egress: LetOut[] = []) =>
  lines(
    centralFlows({
      apiServerPorts: [443, 6443],
      objectStorePort: 9000,
      ruler,
      receiverPorts,
      probes,
      egress,
    }),
  );

describe('flows of the central stack', () => {
  it('let Query be asked by query-frontend, the ruler and the scraper alone', () => {
    expect(central().filter((line) => line.includes('> thanos-query:'))).toEqual([
      'thanos-query-frontend > thanos-query: 9090',
      'thanos-ruler > thanos-query: 9090',
      'prometheus > thanos-query: 9090',
    ]);
  });

  it('let samples into the ingestors through the routers alone', () => {
    expect(central().filter((line) => line.includes('> thanos-receiver:'))).toEqual([
      'thanos-receive-router > thanos-receiver: 10901',
      'thanos-query > thanos-receiver: 10901',
      'prometheus > thanos-receiver: 10902',
    ]);
  });

  it('let the routers ask Prometheus for the series of each edge, and nobody else inside', () => {
    expect(central().filter((line) => line.endsWith('> prometheus: 9090'))).toEqual([
      'thanos-receive-router > prometheus: 9090',
    ]);
  });

  it('let everything that holds blocks reach the object store, and not Query', () => {
    const clients = central().filter((line) => line.endsWith('> anywhere: 9000'));
    expect(clients).toEqual([
      'thanos-receiver > anywhere: 9000',
      'thanos-store > anywhere: 9000',
      'thanos-compactor > anywhere: 9000',
      'thanos-ruler > anywhere: 9000',
    ]);
  });

  it('open to the outside only what asks for a certificate or a password itself, and webhooks', () => {
    expect(central().filter((line) => line.startsWith('anywhere >'))).toEqual([
      'anywhere > thanos-receive-router: 19291',
      'anywhere > grafana: 3000',
      'anywhere > thanos-query-frontend: 9090',
      'anywhere > prometheus-operator: 10250',
    ]);
  });

  it('let the scraper reach the Ruler and the reloader beside it', () => {
    expect(central()).toContain('prometheus > thanos-ruler: 10902,8080');
  });

  it('let Alertmanager out to the ports of its receivers, and nowhere without any', () => {
    const out = (...ports: number[]) =>
      central(true, ports).filter((line) => line.startsWith('alertmanager > anywhere'));
    expect(out(443, 587)).toEqual(['alertmanager > anywhere: 443,587']);
    expect(out()).toEqual([]);
  });

  it('let the blackbox exporter reach what it is to ask, and Prometheus alone reach it', () => {
    const own = (changes: Partial<typeof probed>) =>
      central(true, [], { ...probed, ...changes }).filter((line) => line.includes('blackbox-exporter'));
    const always = [
      'prometheus > blackbox-exporter: 9115',
      'blackbox-exporter > thanos-query-frontend: 9090',
      'blackbox-exporter > thanos-receive-router: 19291',
    ];
    expect(own({})).toEqual([...always, 'blackbox-exporter > anywhere: 443,19291']);
    expect(own({ egress: [8443, 443] })).toContain('blackbox-exporter > anywhere: 443,19291,8443');
    expect(own({ publicNames: false })).toEqual(always);
    expect(own({ enabled: false })).toEqual([]);
  });

  it('let out what the configuration says, to whom it says or by the port alone', () => {
    const out = central(true, [], probed, [
      { from: 'grafana', ports: [8443] },
      { from: 'alertmanager', to: [{ cidr: '10.0.0.0/8' }], ports: [9094] },
    ]);
    expect(out.slice(-2)).toEqual([
      'grafana > anywhere: 8443',
      'alertmanager > [{"cidr":"10.0.0.0/8"}]: 9094',
    ]);
  });

  it('can let out every part but Prometheus, and the Jobs that are gone after a minute', () => {
    const senders = centralFlows({
      apiServerPorts: [443],
      objectStorePort: 9000,
      ruler: true,
      receiverPorts: [443],
      probes: probed,
      egress: [],
    })
      .filter(({ to }) => to === 'anywhere')
      .map(({ from }) => name(from));
    const never = ['prometheus', 'admission-create', 'admission-patch'];
    expect([...new Set(senders)].filter((sender) => !never.includes(sender)).sort()).toEqual([
      ...partsLetOut,
    ]);
  });

  it('know no ruler where there is none', () => {
    expect(central(false).filter((line) => line.includes('ruler'))).toEqual([]);
  });
});

describe('the ports of the API server', () => {
  const ports = (server: string, further: number[] = []) =>
    apiServerPorts({ cluster: { server }, networkPolicies: { apiServerPorts: further } });

  it('are that of its Service, its own, and those of the servers behind a proxy', () => {
    expect(ports('https://192.0.2.1:6443')).toEqual([443, 6443]);
    expect(ports('https://rancher.example.org/k8s/clusters/c-1', [6443])).toEqual([443, 6443]);
  });
});

describe('flows of an edge stack', () => {
  it('open nothing to the outside but the webhooks', () => {
    expect(lines(edgeFlows([443, 6443])).filter((line) => line.startsWith('anywhere >'))).toEqual([
      'anywhere > prometheus-operator: 10250',
    ]);
  });

  it('let the agent reach its targets and the centre', () => {
    expect(lines(edgeFlows([443, 6443]))).toContain('prometheus-agent > anywhere: any');
  });
});
