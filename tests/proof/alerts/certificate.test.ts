import type { Fleet } from '../../../proof/drills/fleet';
import { alertmanagerRestarted, certificateWithinWindow } from '../../../proof/alerts/faults/certificate';

const end = (certificate: string, seconds: number) => ({
  record: 'certificate:end:timestamp_seconds',
  expr: `vector(${seconds})`,
  labels: { certificate, kind: 'client', cluster: 'cluster-02' },
});

/** A fleet whose central cluster writes down what kubectl is asked, less the namespace. */
function fleetWith(rules: object[]): { fleet: Fleet; asked: string[][] } {
  const asked: string[][] = [];
  const kubectl = (args: string[]) => {
    asked.push(args);
    return Promise.resolve(JSON.stringify({ spec: { groups: [{ name: 'certificates', rules }] } }));
  };
  return {
    fleet: { platform: { central: { kubectl }, namespace: 'monitoring' } } as unknown as Fleet,
    asked,
  };
}

const patchOf = (args: readonly string[] | undefined): unknown =>
  JSON.parse(args?.at(-1)?.replace('--patch=', '') ?? '');

describe('a certificate within its window', () => {
  const now = Date.parse('2026-11-27T00:00:00Z');
  const soon = `vector(${now / 1000 + 20 * 24 * 3600})`;
  beforeEach(() => {
    jest.spyOn(Date, 'now').mockReturnValue(now);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('is an end in the deployed rule, 20 days from now, and its real one afterwards', async () => {
    const { fleet, asked } = fleetWith([
      end('authority of cluster-02', 2_000_000_000),
      end('client cluster-02', 1_900_000_000),
      { alert: 'CertificateExpiring', expr: 'certificate:end:timestamp_seconds - time() < 2592000' },
    ]);
    const undo = await certificateWithinWindow.make(fleet);
    await undo();
    const path = '/spec/groups/0/rules/1/expr';
    expect(asked.map((args) => args.slice(0, 2))).toEqual([
      ['get', 'prometheusrule/certificates'],
      ['patch', 'prometheusrule/certificates'],
      ['patch', 'prometheusrule/certificates'],
    ]);
    expect(asked.slice(1).map(patchOf)).toEqual([
      [
        { op: 'test', path, value: 'vector(1900000000)' },
        { op: 'replace', path, value: soon },
      ],
      [
        { op: 'test', path, value: soon },
        { op: 'replace', path, value: 'vector(1900000000)' },
      ],
    ]);
  });

  it('is a failure that names it where the rule does not know it', async () => {
    const { fleet, asked } = fleetWith([end('client cluster-09', 1_900_000_000)]);
    await expect(certificateWithinWindow.make(fleet)).rejects.toThrow(
      'prometheusrule/certificates knows no certificate "client cluster-02"',
    );
    expect(asked).toHaveLength(1);
  });
});

it('both Alertmanagers are restarted at once, and waited for until both are back', async () => {
  const { fleet, asked } = fleetWith([]);
  await alertmanagerRestarted.meanwhile?.(fleet);
  expect(asked).toEqual([
    ['delete', 'pods', '--selector=alertmanager=kube-prometheus-stack-alertmanager', '--timeout=120s'],
    [
      ...['rollout', 'status', 'statefulset/alertmanager-kube-prometheus-stack-alertmanager'],
      '--timeout=600s',
    ],
  ]);
});
