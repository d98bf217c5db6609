import { join } from 'node:path';
import { exemptions } from '../../../policy/exemptions';
import { sentence } from '../../../policy/judge';
import { policies } from '../../../policy/list';
import { encrypted, objectName } from '../../../policy/manifest';
import { stackFilesIn } from '../../../tools/render/stack-file';
import { judgedStacks, type JudgedStack } from '../../../tools/policy/stacks';
import { verdictOn } from '../../../tools/policy/verdict';

const project = join(__dirname, '..', '..', '..');

let stacks: JudgedStack[];

beforeAll(async () => {
  stacks = await judgedStacks(stackFilesIn(project), { last: join(project, 'tests', 'golden') });
}, 240_000);

const verdict = () => verdictOn(stacks, policies, exemptions, { committed: true });

describe('the committed stacks', () => {
  it('are judged with everything in them, and with what is deployed before', () => {
    expect(stacks.map(({ stack }) => stack)).toEqual([
      'cluster-01',
      'cluster-02',
      'cluster-03',
      'cluster-04',
    ]);
    for (const { ours, facts } of stacks) {
      expect(ours.length).toBeGreaterThan(10);
      expect(facts.otherPods.length).toBeGreaterThan(5);
      expect(facts.deployed?.length).toBeGreaterThan(10);
    }
  });

  it('have nothing against them but what is exempted with effect', () => {
    const { standing, faults } = verdict();
    expect(
      standing.map((finding) => `${finding.policy.name}: ${finding.stack}: ${sentence(finding)}`),
    ).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('show policies no value that the engine encrypts', () => {
    const secret = stacks[0]?.ours.find((object) => objectName(object) === 'Secret monitoring/grafana-admin');
    expect(secret).toMatchObject({ stringData: { 'admin-password': encrypted } });
  });
});

describe('a further exemption', () => {
  const idle = {
    of: 'ours',
    policy: 'pod-restricted',
    object: 'Deployment a/b',
    field: '',
    reason: 'x',
  } as const;
  const fault =
    'exemption of Deployment a/b from pod-restricted: no effect. Nothing there is against the policy: remove it.';
  const withIt = (further: (typeof exemptions)[number], committed = true) =>
    verdictOn(stacks, policies, [...exemptions, further], { committed }).faults;

  it('without effect is a fault', () => {
    expect(withIt(idle)).toEqual([fault]);
  });

  it('is none where the object is a chart’s and no chart was looked at, or not all stacks were', () => {
    expect(withIt({ ...idle, of: 'chart' })).toEqual([]);
    expect(withIt(idle, false)).toEqual([]);
  });
});

describe('the central stack', () => {
  const central = () => {
    const [stack] = stacks;
    if (!stack) throw new Error('no central stack');
    return stack;
  };

  it('names what people and edges reach, and nothing more', () => {
    expect(central().facts.exposed).toEqual([
      'grafana.k8s-cluster-01.miribit.lab',
      'thanos-query.k8s-cluster-01.miribit.lab',
      'Service monitoring/thanos-receiver',
    ]);
    const { facts, ...rest } = central();
    const closed = verdictOn([{ ...rest, facts: { ...facts, exposed: [] } }], policies, exemptions, {
      committed: true,
    });
    expect(closed.standing.map(({ object }) => object).sort()).toEqual([
      'Ingress monitoring/grafana',
      'Ingress monitoring/thanos-query',
      'Service monitoring/thanos-receiver',
    ]);
  });

  it('lets the compactor alone delete', () => {
    const { facts, ...rest } = central();
    const { bucket } = facts;
    expect(bucket).toEqual({
      name: 'thanos',
      writers: ['cluster-01-thanos-sidecar', 'cluster-01-thanos-receive', 'cluster-01-thanos-ruler'],
      deleters: ['cluster-01-thanos-compactor'],
    });
    const none = verdictOn(
      [{ ...rest, facts: { ...facts, bucket: { ...bucket, deleters: [] } } }],
      policies,
      exemptions,
      { committed: true },
    );
    expect(none.standing.map(({ object, found }) => `${object}: ${found}`)).toEqual([
      'IamPolicy cluster-01-thanos-compactor: s3:PutObject',
      'IamPolicy cluster-01-thanos-compactor: s3:AbortMultipartUpload',
      'IamPolicy cluster-01-thanos-compactor: s3:DeleteObject',
    ]);
  });
});
