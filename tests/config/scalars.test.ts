import { z } from 'zod';
import { scrapeInterval } from '../../config/cluster';
import * as networks from '../../config/networks';
import * as scalars from '../../config/scalars';
import { labelValue } from '../../config/texts';

const label63 = 'a'.repeat(63);
const label64 = 'a'.repeat(64);
/** 253 characters: four labels of 62, with dots between them, and one more of two. */
const host253 = [...Array.from({ length: 4 }, () => 'b'.repeat(62)), 'c'].join('.');

/** The values just inside each bound, and those just outside. */
const types: [string, z.ZodType, unknown[], unknown[]][] = [
  [
    'a cluster name',
    scalars.clusterName(),
    ['a', '0', 'a-b', 'cluster-01', label63],
    ['', '-a', 'a-', 'A', 'a_b', 'a.b', 'ä', label64, 5],
  ],
  [
    'a hostname',
    scalars.hostname(),
    ['a.b', 'grafana.example.org', `${label63}.org`, host253],
    ['a', 'a.', '.a', 'a..b', 'A.b', 'a b.c', '-a.b', `${label64}.org`, `${host253}d`, 5],
  ],
  [
    'a label value',
    labelValue(),
    ['x', 'Production 1', 'Zürich', "Ann's", '1.10', 'a'.repeat(128), '東京', 'a/b:c=d'],
    [
      ...[
        '',
        'a"b',
        'a\\b',
        '{{',
        'a}b',
        'a\nb',
        'a\0b',
        'a\ud800',
        5,
        1.1,
        true,
        '$HOME',
        '${HOME}',
        '$(HOME)',
      ],
      ...[' ', ' a', 'a ', 'a\tb', 'a\u200bb', '\ufeffa', 'a\u00a0b', 'a\u2028b', 'a\u202eb', 'Zu\u0308rich'],
      ...['a'.repeat(129), '2020-01-01 00:00:00 +0000 UTC'],
    ],
  ],
  [
    'a metric name',
    scalars.metricName(),
    ['up', '_a', ':a', 'node:cpu:sum', 'A9'],
    ['', '9a', 'a-b', 'a.b', 'a b', 'node_.*', 5],
  ],
  [
    'an address',
    networks.serviceAddress(),
    ['1.0.0.0', '126.255.255.255', '128.0.0.1', '192.0.2.1', '169.253.0.1', '223.255.255.255'],
    [
      '0.0.0.0',
      '127.0.0.1',
      '169.254.1.1',
      '224.0.0.1',
      '255.255.255.255',
      '010.0.0.1',
      '',
      '192.0.2',
      '192.0.2.256',
      '192.0.2.1/32',
      '::1',
      'a.b.c.d',
      5,
    ],
  ],
  [
    'a network',
    networks.network(),
    ['0.0.0.0/0', '192.0.0.0/9', '192.0.2.0/24', '192.0.2.2/31', '192.0.2.1/32', '128.0.0.0/1'],
    [
      '10.0.0.0/24/99',
      '192.0.2.0/9',
      '192.0.2.1/31',
      '192.0.2.0/8',
      '10.0.0.0/00',
      '',
      '192.0.2.0',
      '192.0.2.0/',
      '192.0.2.0/33',
      '192.0.2.0/-1',
      '192.0.2.0/024',
      '192.0.2/24',
      '::/0',
      5,
    ],
  ],
  ['a count from 2 to 4', scalars.count(2, 4), [2, 3, 4], [1, 5, 2.5, -2, '3', NaN]],
  ['a count without a maximum of its own', scalars.count(0), [0, 1000], [-1, 1001]],
  [
    'an interval of scrapes',
    scrapeInterval(),
    ['5s', '30s', '60s', '1m', undefined],
    ['', '61s', '1m1s', '5m', '1h', '0s', '30', 30],
  ],
  ['a number of series', scalars.series(), [1000, 100_000_000], [999, 100_000_001]],
  [
    'the name of an object',
    scalars.objectName(),
    ['a', 'a.b', 'thanos-s3', label63, `${label63}.a`],
    ['', 'A', 'a_b', 'a.', '.a', 'a..b', label64, 5],
  ],
  [
    'reasons',
    scalars.reasons(['a.b', 'c']),
    [{}, { 'a.b': '0123456789' }, { 'a.b': 'long enough', c: 'long enough' }],
    [{ 'a.b': '012345678' }, { 'a.b': true }, { d: 'long enough' }, 'a.b'],
  ],
];

const verdicts = (type: z.ZodType, values: readonly unknown[]) =>
  values.map((value) => [value, type.safeParse(value).success]);

describe.each(types)('%s', (_, type, inside, outside) => {
  it('accepts every value just inside', () => {
    expect(verdicts(type, inside)).toEqual(inside.map((value) => [value, true]));
  });

  it('refuses every value just outside', () => {
    expect(verdicts(type, outside)).toEqual(outside.map((value) => [value, false]));
  });
});

describe('reasons', () => {
  it('are none by default', () => {
    expect(scalars.reasons(['a']).parse(undefined)).toEqual({});
  });
});

describe('resources', () => {
  it('have a default at every leaf, request before limit, and Kubernetes reads them as they were written', () => {
    const type = scalars.resources(['250m', '2'], ['1Gi', '3Gi']);
    expect(scalars.kubernetesResources(type.parse(undefined))).toEqual({
      requests: { cpu: '250m', memory: '1Gi' },
      limits: { cpu: '2', memory: '3Gi' },
    });
    expect(scalars.kubernetesResources(type.parse({ limits: { cpu: '4' } }))).toEqual({
      requests: { cpu: '250m', memory: '1Gi' },
      limits: { cpu: '4', memory: '3Gi' },
    });
  });
});
