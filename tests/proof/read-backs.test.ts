import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { roles } from '../../components/thanos/roles';
import { recorded } from '../../proof/e2e/checks/recorded';
import { ruleGroups } from '../../observability/rules/groups';
import { ruleFacts } from '../../stacks/rule-facts';
import { centralConfig } from '../support/stack-configs';

/*
 * What the platform stores is read back in the proof by the path of those who use it: query-frontend, Query,
 * and the StoreAPI that has it. A sample that is found by another way may be seen by nobody.
 */

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : path.endsWith('.ts') ? [path] : [];
  });

/** Where a text asks Query past query-frontend, or may: by which words. */
const shortcuts = (text: string): string[] =>
  [
    ...new Set(
      text.match(
        /\bqueryItself\(|\bnew QueryClient\(|\broles\.(query|sidecar|receive|store|ruler)\.ports\b/g,
      ),
    ),
  ].map((found) => found.replace('(', ''));

/** Each that there is, and why nothing is read back by it, or by whom else. */
const known: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'proof/e2e/platform.ts': {
    'new QueryClient': 'for query, which is query-frontend, and queryItself',
  },
  'proof/e2e/checks/endpoints.ts': { queryItself: 'which StoreAPIs Query knows, and no sample' },
  'proof/queries/centre.ts': { 'new QueryClient': 'query-frontend, as Grafana is given it' },
  'proof/rules/record.ts': {
    'new QueryClient': 'which metrics there are, and no sample',
    'roles.query.ports': 'which metrics there are, and no sample',
  },
  'proof/sandbox/samples.ts': { 'new QueryClient': 'query-frontend, by the outputs of the central stack' },
  'proof/lab/experiment/query.ts': {
    'new QueryClient':
      'an experiment of the write path alone, without query-frontend: the drills read the same loss back by it',
  },
  'proof/lab/experiment/labels.ts': {
    'new QueryClient':
      'an experiment of the write path alone, without query-frontend: labels are not its matter',
  },
  'proof/lab/measure/history.ts': { 'new QueryClient': 'query-frontend over Query and Store' },
};

const found = filesIn('proof').flatMap((file) =>
  shortcuts(readFileSync(file, 'utf8')).map((how) => `${file}: ${how}`),
);

describe('what is read back', () => {
  it('is asked by the way of people, or it is said why not', () => {
    const listed = Object.entries(known).flatMap(([file, hows]) =>
      Object.keys(hows).map((how) => `${file}: ${how}`),
    );
    expect(found.sort()).toEqual(listed.sort());
  });

  it.each([
    ['platform.queryItself((query) => query.raw(selector))', ['queryItself']],
    ['new QueryClient({ host, port })', ['new QueryClient']],
    ['forwarded("service/x", roles.sidecar.ports.http)', ['roles.sidecar.ports']],
    ['platform.query((query) => query.instant("up"))', []],
  ])('would be noticed past it: %s', (text, expected) => {
    expect(shortcuts(text)).toEqual(expected);
  });
});

/** A role of Thanos that has samples of its own. */
type Keeper = {
  [Role in keyof typeof roles]: (typeof roles)[Role] extends { storeApi: true } ? Role : never;
}[keyof typeof roles];

/**
 * Where something that this role alone has is read back through query-frontend: a file, and what it asks. A
 * further role with a StoreAPI does not compile without a row.
 */
const readBacks: Readonly<Record<Keeper, readonly [file: string, asks: string]>> = {
  // The centre's own samples are its Prometheus' alone.
  sidecar: ['proof/e2e/checks/samples.ts', 'const clusters = [centralLabel, edgeName];'],
  receive: ['proof/drills/answers.ts', 'query.raw(selector'],
  store: ['proof/e2e/checks/receive-restart.ts', 'store: store.name'],
  ruler: ['proof/e2e/checks/recorded.ts', '`${recorded}{cluster="${edgeName}"}`'],
};

describe('each that keeps samples', () => {
  it.each(Object.entries(readBacks))('is read back: %s', (_, [file, asks]) => {
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(asks);
    expect(text).toMatch(/platform\s*\.query\(/);
  });

  it('is, of the Ruler, by a series that the Ruler alone records', () => {
    const groups = ruleGroups(ruleFacts(centralConfig()));
    const by = groups.filter(({ rules }) =>
      rules.some((rule) => 'record' in rule && rule.record === recorded),
    );
    expect(by.map(({ evaluator }) => evaluator)).toEqual(['ruler']);
  });

  it('is asked, of blocks whose raw samples are deleted, as the datasource of Grafana asks', () => {
    const text = readFileSync('proof/lab/measure/history.ts', 'utf8');
    expect(text).toContain('defaultDatasource([');
    expect(text).toContain('readPath(');
  });
});

describe('what users see besides samples', () => {
  const golden =
    readFileSync('tests/golden/cluster-01.yaml', 'utf8') +
    readFileSync('tests/golden/cluster-02.yaml', 'utf8');

  // Each of them needs a row above, and a way to read it back, on the day on which it is turned on.
  it.each([
    ['exemplars', /sendExemplars|exemplar-storage|max-exemplars/],
    ['native histograms', /sendNativeHistograms|native-histograms/],
    ['metadata, by remote write 2', /messageVersion: V2/],
  ])('is not stored: %s', (_, sign) => {
    expect(golden).not.toMatch(sign);
  });
});
