import { disruptionBudget } from '../../../policy/policies/serving';
import { volumeKept } from '../../../policy/policies/volumes';
import { against } from '../policies';
import * as state from '../state';
import { apps, core, type Invariant } from './invariant';

/** What happens when something is changed, drained or deleted. */
export const lifetime: Invariant[] = [
  {
    promise: 'no disruption budget blocks the drain of a node',
    problems: against(disruptionBudget),
    fault: ['kubernetes:policy/v1:PodDisruptionBudget', 'thanos-receiver', 'inputs spec maxUnavailable', 0],
    said: 'PodDisruptionBudget monitoring/thanos-receiver: spec.maxUnavailable is 0 of 1 replicas',
  },
  {
    promise: 'no volume goes with its StatefulSet',
    problems: against(volumeKept),
    fault: [
      `${apps}:StatefulSet`,
      'thanos-receiver',
      'inputs spec persistentVolumeClaimRetentionPolicy whenScaled',
      'Delete',
    ],
    said: 'StatefulSet monitoring/thanos-receiver: spec.persistentVolumeClaimRetentionPolicy.whenScaled is Delete',
  },
  {
    promise: 'the bucket is protected, and retained even without its entry',
    problems: state.unprotectedData,
    fault: ['minio:index/s3Bucket:S3Bucket', 'thanos', 'options protect', undefined],
    said: 'bucket thanos can be deleted',
  },
  {
    promise: 'the custom resource definitions are kept',
    problems: state.unprotectedData,
    fault: ['kubernetes:helm.sh/v3:Release', 'prometheus-operator-crds', 'inputs values', {}],
    said: 'Release prometheus-operator-crds: deleting it deletes every object of its kinds',
  },
  {
    promise: 'no two resources make the same object',
    problems: state.duplicates,
    fault: [`${core}:Service`, 'thanos-query', 'inputs metadata name', 'thanos-store'],
    said: 'v1 Service monitoring/thanos-store',
  },
  {
    promise: 'every object has a name and a namespace that do not change',
    problems: state.unnamedObjects,
    fault: [`${core}:Service`, 'thanos-query', 'inputs metadata namespace', undefined],
    said: 'kubernetes:core/v1:Service thanos-query',
  },
  {
    promise: 'no resource is left to a default provider',
    problems: state.defaultProviders,
    fault: [`${core}:Service`, 'thanos-query', 'provider', ''],
    said: 'kubernetes:core/v1:Service thanos-query',
  },
];
