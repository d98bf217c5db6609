import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { stepsVerdict } from '../../checks/central';
import { stepViolations } from '../../checks/steps';
import { deployedState, type LastOutputs } from '../../contract/deployed-state';
import { centralConfig, type Changes } from '../support/stack-configs';

const now = new Date('2026-11-27T12:00:00.000Z');

const growth = (changes: Changes, before: Changes = {}) => {
  const last: LastOutputs = { deployed: deployedState(centralConfig(before)) };
  return stepViolations(last, centralConfig({ ...before, ...changes }), now);
};
const fix = (changes: Changes, before: Changes = {}) => growth(changes, before).map((step) => step.fix);

describe('a larger volume of Thanos', () => {
  it('is refused with what grows the claims and makes the StatefulSet anew around the running pods', () => {
    expect(growth({ 'receive.storage': '100Gi' }, { 'receive.replicas': 2 })).toEqual([
      {
        key: 'receive.storage',
        found: '100Gi',
        allowed: '50Gi, the deployed size: a StatefulSet never changes the claims that it made',
        fix: [
          'Grow the claims themselves; the StorageClass must allow it:',
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

describe('a larger volume that Prometheus’ operator made', () => {
  it('of the Ruler is grown by the names that the operator gives', () => {
    expect(fix({ 'ruler.storage': '9Gi' })[0]).toContain(
      ' patch pvc data-thanos-ruler-fleet-0 data-thanos-ruler-fleet-1 -p ',
    );
  });

  it.each([
    [
      'prometheus',
      'prometheus-kube-prometheus-stack-prometheus-db-prometheus-kube-prometheus-stack-prometheus-0 ' +
        'prometheus-kube-prometheus-stack-prometheus-db-prometheus-kube-prometheus-stack-prometheus-1',
    ],
    [
      'alertmanager',
      'alertmanager-kube-prometheus-stack-alertmanager-db-alertmanager-kube-prometheus-stack-alertmanager-0 ' +
        'alertmanager-kube-prometheus-stack-alertmanager-db-alertmanager-kube-prometheus-stack-alertmanager-1',
    ],
  ])('of %s is refused with what grows the claims: the operator sees to the StatefulSet', (part, claims) => {
    expect(fix({ [`${part}.storage`]: '9Gi' })).toEqual([
      [
        'Grow the claims themselves; the StorageClass must allow it:',
        `    kubectl --context cluster-01 -n monitoring patch pvc ${claims} ` +
          `-p '{"spec":{"resources":{"requests":{"storage":"9Gi"}}}}'`,
        `  Then write acceptedSteps: { ${part}.storage: claims grown } into the stack file, and run pulumi up ` +
          'once (docs/operating.md, Volumes).',
      ].join('\n'),
    ]);
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
