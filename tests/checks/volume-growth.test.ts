import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { stepsVerdict } from '../../checks/central';
import { stepViolations } from '../../checks/steps';
import { edgeStepsVerdict } from '../../checks/edge';
import { deployedState, edgeDeployedState, type LastOutputs } from '../../contract/deployed-state';
import { centralConfig, edgeConfig, type Changes } from '../support/stack-configs';

const now = new Date('2026-11-27T12:00:00.000Z');

const growth = (changes: Changes, before: Changes = {}) => {
  const last: LastOutputs = { deployed: deployedState(centralConfig(before)) };
  return stepViolations(last, centralConfig({ ...before, ...changes }), now);
};
/** What is said of changes to an edge that was deployed with its defaults. */
const edgeSteps = (changes: Changes) =>
  edgeStepsVerdict({ deployed: edgeDeployedState(edgeConfig()) }, edgeConfig(changes));
const fix = (changes: Changes, before: Changes = {}) => growth(changes, before).map((step) => step.fix);

describe('a larger volume of Thanos', () => {
  it('is refused with what grows the claims and makes the StatefulSet anew around the running pods', () => {
    expect(growth({ 'receive.storage': '100Gi' }, { 'receive.replicas': 2 })).toEqual([
      {
        key: 'receive.storage',
        found: '100Gi',
        allowed: '50Gi, the deployed size: a StatefulSet never changes the claims that it made',
        fix: [
          'Grow the claims themselves; the StorageClass must allow it. End at the first command that fails:',
          '    kubectl --context cluster-01 -n monitoring patch pvc data-thanos-receiver-0 data-thanos-receiver-1 ' +
            `-p '{"spec":{"resources":{"requests":{"storage":"100Gi"}}}}'`,
          '    kubectl --context cluster-01 -n monitoring delete statefulset thanos-receiver --cascade=orphan',
          '  Then write acceptedSteps: { receive.storage: claims grown } into the stack file, and run pulumi up --refresh ' +
            'once (docs/operating.md, Volumes).',
        ].join('\n'),
      },
    ]);
  });

  it('is grown in the cluster of the stack, by its own kubeconfig', () => {
    const [text] = fix({ 'store.storage': '2Gi' }, { 'cluster.kubeconfig': '/k' });
    expect(text).toContain(
      'kubectl --kubeconfig /k --context cluster-01 -n monitoring patch pvc data-thanos-store-0 ',
    );
  });

  it('has no claim yet of an ingestor that comes with it', () => {
    const before = centralConfig({ 'receive.replicas': 1 });
    const last: LastOutputs = {
      deployed: deployedState(before),
      receive: { replicas: 1, ring: 1, replicationFactor: 1, blockDuration: '2h' },
    };
    const next = centralConfig({ 'receive.storage': '100Gi', 'receive.replicas': 3 });
    const [step] = stepViolations(last, next, now);
    expect(step?.fix).toContain(' patch pvc data-thanos-receiver-0 -p ');
  });

  it('has a context and a path that the shell takes for one word', () => {
    const [text] = fix({ 'store.storage': '2Gi' }, { 'cluster.kubeconfig': "/my files/it's" });
    expect(text).toContain(`kubectl --kubeconfig '/my files/it'\\''s' --context cluster-01 -n `);
  });

  it('is made when it is accepted', () => {
    const accepted = { 'store.storage': '2Gi', acceptedSteps: { 'store.storage': 'claims grown' } };
    const last = { deployed: deployedState(centralConfig()) };
    expect(stepsVerdict(last, centralConfig(accepted), now)).toEqual({ violations: [], warnings: [] });
  });

  it('has the names that the stack gives its StatefulSets and their claims', () => {
    const keys = ['receive', 'store', 'compactor'].map((role) => `${role}.storage`);
    const texts = fix(Object.fromEntries(keys.map((key) => [key, '999Gi'])));
    const named = texts.map((text) => [
      / statefulset (\S+) /.exec(text)?.[1],
      / patch pvc (\S+)-0 /.exec(text)?.[1],
    ]);
    expect(new Set(named.map((pair) => pair.join()))).toEqual(new Set(rendered()));
  });
});

/** What grows a volume behind the operator: its claims, and the object that says the size. */
const behindTheOperator = (key: string, size: string, names: OperatedNames, context = 'cluster-01') => {
  const kubectl = `kubectl --context ${context} -n monitoring`;
  const request = `"resources":{"requests":{"storage":"${size}"}}`;
  return [
    'Grow the claims themselves; the StorageClass must allow it. End at the first command that fails:',
    `    ${kubectl} patch pvc ${names.claims} -p '{"spec":{${request}}}'`,
    `    ${kubectl} patch ${names.object} --type merge -p '{"spec":{"paused":true}}'`,
    `    ${kubectl} delete statefulset ${names.statefulSet} --cascade=orphan`,
    `    ${kubectl} patch ${names.object} --type merge -p '{"spec":{"paused":false,"storage":{"volumeClaimTemplate":{"spec":{${request}}}}}}'`,
    `  Then write acceptedSteps: { ${key}: claims grown } into the stack file, and run pulumi up once (docs/operating.md, Volumes).`,
  ].join('\n');
};

interface OperatedNames {
  claims: string;
  object: string;
  statefulSet: string;
}

describe('a larger volume that Prometheus’ operator made', () => {
  it.each<[string, OperatedNames]>([
    [
      'ruler',
      {
        claims: 'data-thanos-ruler-fleet-0 data-thanos-ruler-fleet-1',
        object: 'thanosruler fleet',
        statefulSet: 'thanos-ruler-fleet',
      },
    ],
    [
      'prometheus',
      {
        claims:
          'prometheus-kube-prometheus-stack-prometheus-db-prometheus-kube-prometheus-stack-prometheus-0 ' +
          'prometheus-kube-prometheus-stack-prometheus-db-prometheus-kube-prometheus-stack-prometheus-1',
        object: 'prometheus kube-prometheus-stack-prometheus',
        statefulSet: 'prometheus-kube-prometheus-stack-prometheus',
      },
    ],
    [
      'alertmanager',
      {
        claims:
          'alertmanager-kube-prometheus-stack-alertmanager-db-alertmanager-kube-prometheus-stack-alertmanager-0 ' +
          'alertmanager-kube-prometheus-stack-alertmanager-db-alertmanager-kube-prometheus-stack-alertmanager-1',
        object: 'alertmanager kube-prometheus-stack-alertmanager',
        statefulSet: 'alertmanager-kube-prometheus-stack-alertmanager',
      },
    ],
  ])('of %s is refused with what grows it while the operator looks away', (part, names) => {
    expect(fix({ [`${part}.storage`]: '9Gi' })).toEqual([behindTheOperator(`${part}.storage`, '9Gi', names)]);
  });

  it('of an edge’s agents is refused so too: else both would go at once, with all that they have not sent', () => {
    expect(edgeSteps({ 'agent.storage': '60Gi' })).toEqual({
      violations: [
        {
          key: 'agent.storage',
          found: '60Gi',
          allowed: '20Gi, the deployed size: a StatefulSet never changes the claims that it made',
          fix: behindTheOperator(
            'agent.storage',
            '60Gi',
            {
              claims:
                'prom-agent-kube-prometheus-stack-prometheus-db-prom-agent-kube-prometheus-stack-prometheus-0 ' +
                'prom-agent-kube-prometheus-stack-prometheus-db-prom-agent-kube-prometheus-stack-prometheus-1',
              object: 'prometheusagent kube-prometheus-stack-prometheus',
              statefulSet: 'prom-agent-kube-prometheus-stack-prometheus',
            },
            'cluster-02',
          ),
        },
      ],
      warnings: [],
    });
  });

  it('of an edge is made when it is accepted', () => {
    const accepted = { 'agent.storage': '60Gi', acceptedSteps: { 'agent.storage': 'claims grown' } };
    expect(edgeSteps(accepted)).toEqual({ violations: [], warnings: [] });
  });
});

describe('another step of an edge', () => {
  it('to a smaller volume, or to another class, is refused', () => {
    const changes = { 'agent.storage': '19Gi', 'cluster.storageClass': 'local' };
    expect(edgeSteps(changes).violations).toEqual([
      {
        key: 'cluster.storageClass',
        found: 'local',
        allowed: 'longhorn, the deployed one: a claim keeps its class',
        fix: 'Set it back, or move the claims first (docs/operating.md, Volumes).',
      },
      {
        key: 'agent.storage',
        found: '19Gi',
        allowed: 'at least 20Gi, the deployed size: Kubernetes never makes a volume smaller',
        fix: 'Set it back, or move the data first (docs/operating.md, Volumes).',
      },
    ]);
  });

  it('is none where nothing changes, or nothing was deployed', () => {
    expect(edgeSteps({ 'agent.storage': '20480Mi' })).toEqual({ violations: [], warnings: [] });
    expect(edgeStepsVerdict(undefined, edgeConfig({ 'agent.storage': '60Gi' }))).toEqual({
      violations: [],
      warnings: [],
    });
  });

  it('that is accepted and not made is told', () => {
    expect(edgeSteps({ acceptedSteps: { 'agent.storage': 'claims grown' } })).toEqual({
      violations: [],
      warnings: ['monitoring:acceptedSteps.agent.storage is no longer needed; remove it.'],
    });
  });
});

describe('a stack that an earlier release deployed', () => {
  const unknown =
    'The last outputs of this stack do not say how large its volumes are: an earlier release deployed it. ' +
    'Change no volume and no cluster.storageClass before pulumi up has run once with this one.';

  it('is told that its volumes cannot be compared', () => {
    const edge = edgeConfig({ 'agent.storage': '60Gi' });
    expect(edgeStepsVerdict({ cluster: 'cluster-02' }, edge)).toEqual({
      violations: [],
      warnings: [unknown],
    });
    expect(stepsVerdict({ cluster: 'cluster-01' }, centralConfig(), now).warnings).toEqual([unknown]);
  });
});

describe('a larger volume', () => {
  it('of Grafana is none: Helm grows the claim', () => {
    expect(growth({ 'grafana.storage': '2Gi' })).toEqual([]);
  });

  it('in other words is none', () => {
    expect(growth({ 'receive.storage': '51200Mi' })).toEqual([]);
  });

  it('of a ruler that is off, or that was, is none', () => {
    const off = { 'ruler.enabled': false, acceptedRisks: { 'ruler.enabled': 'only a test' } };
    expect(growth({ 'ruler.storage': '9Gi' }, off)).toEqual([]);
    expect(growth({ 'ruler.storage': '9Gi', ...off })).toEqual([]);
  });
});

/** Name and claim of each StatefulSet of the committed central stack, as the program registers it. */
function rendered(): string[] {
  const text = readFileSync(join(__dirname, '..', 'golden', 'cluster-01.yaml'), 'utf8');
  return parseAllDocuments(text).flatMap((document) => {
    const { type, inputs } = document.toJS() as { type?: string; inputs?: StatefulSet };
    if (type !== 'kubernetes:apps/v1:StatefulSet' || !inputs) return [];
    const { name } = inputs.metadata;
    return inputs.spec.volumeClaimTemplates.map((claim) => `${name},${claim.metadata.name}-${name}`);
  });
}

interface StatefulSet {
  metadata: { name: string };
  spec: { volumeClaimTemplates: { metadata: { name: string } }[] };
}
