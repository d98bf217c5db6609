import { singleIngestorWarnings } from '../../checks/single-ingestor';
import { centralConfig } from '../support/stack-configs';

const warned = (changes = {}) => singleIngestorWarnings(centralConfig(changes));

describe('a single ingestor', () => {
  it('is said at every preview: its node takes all edges along', () => {
    expect(warned({ outage: '5h', 'cluster.storageClass': 'fast' })).toEqual([
      'monitoring:receive.ring is 1: when the node of the only ingestor dies, its volume (fast) stays there until somebody frees it ' +
        '(docs/runbooks/ThanosReceiveNoQuorum.md). Until then no edge can write, and after outage (5h) samples of all edges are lost. ' +
        'With receive.replicas: 3 on three nodes writes go on.',
    ]);
  });

  it('is one too where others have left the ring', () => {
    expect(warned({ 'receive.replicas': 3, 'receive.ring': 1 })).toHaveLength(1);
  });

  it('is none with two, of which one is the quorum, and nothing where no edge writes', () => {
    expect(warned({ 'receive.replicas': 2 })).toEqual([]);
    expect(warned({ edges: [] })).toEqual([]);
  });
});
