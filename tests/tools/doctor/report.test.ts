import { judgedBoth, span, together, unknown, well, wrong } from '../../../tools/doctor/finding';
import { NotSeen, observe, observeWith } from '../../../tools/doctor/observe';
import { exitCodes, overall, reportSchema, text, type Report } from '../../../tools/doctor/report';

const report: Report = {
  version: 1,
  stack: 'cluster-01',
  role: 'central',
  time: '2026-11-27T12:00:00.000Z',
  seconds: 3.14159,
  status: 'wrong',
  checks: [
    { name: 'pods', ...well('20 pods are as they should be') },
    { name: 'ring', ...wrong('one could not\n  read its ring', 'Look.') },
    { name: 'edge a', ...unknown({ why: 'query: no answer within 15 s', fix: 'Ask again.' }) },
  ],
};

describe('a report', () => {
  it('is a line for each check, with what to do at its end', () => {
    expect(text(report).split('\n')).toEqual([
      '✔ pods    20 pods are as they should be',
      '✖ ring    one could not read its ring → Look.',
      '? edge a  query: no answer within 15 s → Ask again.',
      '',
      'cluster-01 (central): 1 well, 1 wrong, 1 could not be looked at; 3.1 s',
    ]);
  });

  it('is what its schema says', () => {
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it.each([
    [['well', 'well'], 'well', 0],
    [['well', 'unknown'], 'unknown', 2],
    [['unknown', 'wrong', 'well'], 'wrong', 1],
  ] as const)('of %j is %s, exit code %d', (statuses, status, code) => {
    expect(overall(statuses.map((one) => ({ status: one })))).toBe(status);
    expect(exitCodes[status]).toBe(code);
  });
});

describe('findings about several things', () => {
  it('tell what is wrong with any, before what could not be seen', () => {
    expect(
      together([well('a'), wrong('b', 'Do b.'), unknown({ why: 'c', fix: 'Do c.' }), wrong('d', 'Do b.')]),
    ).toEqual({
      status: 'wrong',
      found: 'b; d',
      fix: 'Do b.',
    });
    expect(together([well('a'), unknown({ why: 'c', fix: 'Do c.' })])).toEqual({
      status: 'unknown',
      found: 'c',
      fix: 'Do c.',
    });
    expect(together([well('a'), well('b')])).toEqual({ status: 'well', found: 'a; b' });
  });

  it('need both of two', () => {
    const fix = 'Do.';
    expect(judgedBoth({ value: 1 }, { why: 'no', fix }, () => well(''))).toEqual({
      status: 'unknown',
      found: 'no',
      fix,
    });
    expect(judgedBoth({ value: 1 }, { value: 2 }, (a, b) => well(String(a + b)))).toEqual({
      status: 'well',
      found: '3',
    });
  });

  it.each([
    [0, '0 s'],
    [119, '119 s'],
    [120, '2 min'],
    [7199, '120 min'],
    [7200, '2 h'],
    [172_800, '2 d'],
  ])('say %d seconds as %s', (seconds, said) => {
    expect(span(seconds)).toBe(said);
  });
});

describe('an observation', () => {
  it.each<[string, Error, string, string]>([
    [
      'a right that is missing',
      new Error('pods is forbidden: User "x" cannot list resource "pods"'),
      'pods is forbidden: User "x" cannot list resource "pods"',
      "Give this kubeconfig's user the right that is named, or ask with another.",
    ],
    [
      'a server that is away',
      new Error('connect ECONNREFUSED'),
      'connect ECONNREFUSED',
      'Look whether it runs and is reachable from here, and ask again.',
    ],
    ['what has a remedy of its own', new NotSeen('no', 'Do so.'), 'no', 'Do so.'],
    [
      'kubectl with its own log above',
      new Error('E1127 12:00:00.1 1 memcache.go:265] x\nerror: You must be logged in to the server'),
      'error: You must be logged in to the server',
      'Renew the credentials of the kubeconfig.',
    ],
    [
      'an answer that is no JSON',
      new SyntaxError('Unexpected token < in "secret"'),
      'an answer that is no JSON',
      'Look at it by hand, or ask again.',
    ],
  ])('says why not, and what to do: %s', async (_, error, why, fix) => {
    expect(await observe('pods', 5, () => Promise.reject(error))).toEqual({ why: `pods: ${why}`, fix });
  });

  it('waits no longer than its time, and tells whoever looks that it is over', async () => {
    let told = false;
    const seen = await observe('pods', 0.05, (signal) => {
      signal.addEventListener('abort', () => (told = true));
      return new Promise(() => undefined);
    });
    expect(seen).toEqual({
      why: 'pods: no answer within 0.05 s',
      fix: 'Look whether it runs and is reachable from here, and ask again.',
    });
    expect(told).toBe(true);
  });

  it('leads to another, or to why there is none', async () => {
    expect(await observeWith({ value: 1 }, (one) => observe('b', 5, () => Promise.resolve(one + 1)))).toEqual(
      { value: 2 },
    );
    const unseen = { why: 'no', fix: 'Do.' };
    expect(await observeWith(unseen, () => Promise.reject(new Error('never asked')))).toBe(unseen);
  });
});
