import { deployedState, receiveState, ringShrinks, type LastOutputs } from '../../contract/deployed-state';
import { Duration } from '../../config/units';
import { drainTime } from '../../capacity/outage';
import { stepsVerdict } from '../../checks/central';
import { stepViolations } from '../../checks/steps';
import { centralConfig, type Changes } from '../support/stack-configs';

const now = new Date('2026-11-23T12:00:00.000Z');

/** What the stack of `changes` exports, deployed for the first time. */
const deployed = (changes: Changes = {}): LastOutputs => {
  const config = centralConfig(changes);
  return {
    bucket: config.objectStore.bucket,
    receive: receiveState(undefined, config.receive, now),
    deployed: deployedState(config),
  };
};

/** Ingestors and ring, with when the ring got smaller. */
const receive = (replicas: number, ring: number, ringShrunkAt?: string): LastOutputs => ({
  receive: {
    replicas,
    ring,
    replicationFactor: Math.min(3, ring),
    ...(ringShrunkAt !== undefined && { ringShrunkAt }),
  },
});

const to = (replicas: number, ring: number) => ({ 'receive.replicas': replicas, 'receive.ring': ring });

describe('a step of Receive', () => {
  const long = '2026-11-23T04:50:00.000Z';
  const short = '2026-11-23T04:50:00.001Z';

  it.each<[string, LastOutputs | undefined, Changes, boolean]>([
    ['a first deployment', undefined, to(3, 1), true],
    ['no change', receive(3, 3), to(3, 3), true],
    ['out, at once', receive(1, 1), to(3, 3), true],
    ['out by pods alone', receive(1, 1), to(3, 1), true],
    ['in, first the ring', receive(3, 3), to(3, 1), true],
    ['in, pods 7 h 10 min later', receive(3, 1, long), to(1, 1), true],
    ['in, pods before that', receive(3, 1, short), to(1, 1), false],
    ['one pod of the ring', receive(3, 3), to(2, 2), false],
    ['the shortcut', receive(3, 3), to(1, 1), false],
    ['more pods than have left the ring', receive(6, 4, long), to(3, 3), false],
    ['the pods that have left the ring', receive(6, 4, long), to(4, 4), true],
    ['pods and ring at once, the pods drained', receive(6, 4, long), to(4, 3), true],
    ['pods that never were in the ring', receive(3, 1), to(1, 1), true],
    ['back into the ring', receive(3, 1, short), to(3, 3), true],
    [
      'outputs of a release without the ring',
      { receive: { replicas: 3, replicationFactor: 3 } },
      to(2, 2),
      false,
    ],
  ])('%s', (_, last, changes, allowed) => {
    expect(stepViolations(last, centralConfig(changes), now).map(({ key }) => key)).toEqual(
      allowed ? [] : ['receive.replicas'],
    );
  });

  it('that skips the ring is told the step before it', () => {
    expect(stepViolations(receive(3, 3), centralConfig(to(1, 1)), now)).toEqual([
      {
        key: 'receive.replicas',
        found: '1',
        allowed: 'at least 3, the deployed receive.ring: routers still write to those ingestors',
        fix:
          'First set receive.ring: 1 with receive.replicas: 3 and run pulumi up; ' +
          '7h10m later lower receive.replicas.',
      },
    ]);
  });

  it('that comes too early is told when it may be done', () => {
    const last = receive(3, 1, '2026-11-23T11:30:00.000Z');
    expect(stepViolations(last, centralConfig(to(1, 1)), now)).toEqual([
      {
        key: 'receive.replicas',
        found: '1',
        allowed: 'at least 3 until 2026-11-23T18:40:00.000Z, 7h10m after receive.ring was lowered',
        fix:
          'Set receive.replicas: 3 with receive.ring: 1 until then: ' +
          'the ingestors that left the ring have not uploaded everything yet.',
      },
    ]);
  });
});

describe('the time that an ingestor drains', () => {
  it.each([
    ['2h', '7h10m'],
    ['2m', '17m'],
  ])('is, with blocks of %s, %s', (block, time) => {
    expect(drainTime(Duration.parse(block)).toString()).toBe(time);
  });

  it('is that of the blocks that are deployed, not of those that are configured', () => {
    const last = receive(3, 1, '2026-11-23T11:30:00.000Z');
    const shorter = { ...to(1, 1), 'receive.blockDuration': '2m' };
    expect(stepViolations(last, centralConfig(shorter), now)).toHaveLength(1);
  });
});

describe('another step', () => {
  it.each<[string, Changes, string, string]>([
    [
      'cluster.storageClass',
      { 'cluster.storageClass': 'local' },
      'longhorn, the deployed one: a claim keeps its class',
      'Set it back, or move the claims first (docs/operating.md, Volumes).',
    ],
    [
      'objectStore.bucket',
      { 'objectStore.bucket': 'other' },
      'thanos, the deployed one: queries would no longer find the blocks in it',
      'Set it back, or copy the blocks first and say so in acceptedSteps.',
    ],
    [
      'receive.storage',
      { 'receive.storage': '51199Mi' },
      'at least 50Gi, the deployed size: Kubernetes never makes a volume smaller',
      'Set it back, or move the data first (docs/operating.md, Volumes).',
    ],
    [
      'compactor.retention.raw',
      { 'compactor.retention.raw': '29d' },
      'at least 30d, as deployed: the Compactor would delete what is older, for ever',
      'Set it back, or say in acceptedSteps why it may go.',
    ],
  ])('%s is refused', (key, changes, allowed, fix) => {
    const [violation, ...others] = stepViolations(deployed(), centralConfig(changes), now);
    expect(violation).toMatchObject({ key, allowed, fix });
    expect(others).toEqual([]);
  });

  it('that keeps more, or shortens what the bucket has anyway, is none', () => {
    const changes = {
      'compactor.retention.raw': '31d',
      'receive.retention': '10h30m',
    };
    expect(stepViolations(deployed(), centralConfig(changes), now)).toEqual([]);
  });

  it('of a ruler that was off compares nothing', () => {
    const last = deployed({
      'ruler.enabled': false,
      acceptedRisks: { 'ruler.enabled': 'only a test' },
    });
    expect(stepViolations(last, centralConfig({ 'ruler.storage': '2Gi' }), now)).toEqual([]);
  });

  it('is reported with all others', () => {
    const changes = { 'cluster.storageClass': 'local', 'grafana.storage': '512Mi', ...to(1, 1) };
    const last = deployed(to(3, 3));
    expect(stepViolations(last, centralConfig(changes), now).map(({ key }) => key)).toEqual([
      'receive.replicas',
      'cluster.storageClass',
      'grafana.storage',
    ]);
  });
});

describe('an accepted step', () => {
  const reason = 'moved on 2026-11-23, see the change request';

  it('is made; the others are refused as before', () => {
    const changes = {
      ...to(1, 1),
      'grafana.storage': '512Mi',
      acceptedSteps: { 'receive.replicas': reason },
    };
    const config = centralConfig(changes);
    const last = deployed(to(3, 3));
    const { violations, warnings } = stepsVerdict(last, config, now);
    expect(violations.map(({ key }) => key)).toEqual(['grafana.storage']);
    expect(warnings).toEqual([]);
  });

  it('accepts nothing once it is made', () => {
    const config = centralConfig({ acceptedSteps: { 'receive.replicas': reason } });
    expect(stepsVerdict(deployed(), config, now)).toEqual({
      violations: [],
      warnings: ['monitoring:acceptedSteps.receive.replicas is no longer needed; remove it.'],
    });
  });
});

describe('the state of the ring', () => {
  const state = (last: LastOutputs | undefined, changes: Changes) =>
    receiveState(last, centralConfig(changes).receive, now);

  it('has all ingestors by default, three of them with each sample', () => {
    expect(state(undefined, { 'receive.replicas': 5 })).toEqual({
      replicas: 5,
      ring: 5,
      replicationFactor: 3,
      blockDuration: '2h',
    });
  });

  it('says when the ring got smaller, until the ingestors are gone', () => {
    const smaller = state(receive(3, 3), to(3, 1));
    expect(smaller).toEqual({
      replicas: 3,
      ring: 1,
      replicationFactor: 1,
      blockDuration: '2h',
      ringShrunkAt: now.toISOString(),
    });
    const later = receiveState({ receive: smaller }, centralConfig(to(3, 1)).receive, new Date('2026-11-25'));
    expect(later).toEqual(smaller);
    expect(state({ receive: smaller }, to(1, 1))).toEqual({
      replicas: 1,
      ring: 1,
      replicationFactor: 1,
      blockDuration: '2h',
    });
    expect(state({ receive: smaller }, to(3, 3))).toEqual({
      replicas: 3,
      ring: 3,
      replicationFactor: 3,
      blockDuration: '2h',
    });
  });

  it('begins to drain anew when more leave', () => {
    const last = receive(6, 4, '2026-11-01T00:00:00.000Z');
    expect(state(last, to(6, 3)).ringShrunkAt).toBe(now.toISOString());
  });

  it.each<[LastOutputs | undefined, number, boolean]>([
    [undefined, 1, false],
    [receive(3, 3), 3, false],
    [receive(3, 3), 2, true],
    [receive(3, 1), 3, false],
  ])('after %j shrinks with a ring of %i: %s', (last, ring, shrinks) => {
    expect(ringShrinks(last, centralConfig(to(3, ring)).receive)).toBe(shrinks);
  });
});
