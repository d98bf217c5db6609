import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFault } from '../../../proof/faults/copy';
import { checkTexts, faults, named, type Fault } from '../../../proof/faults/faults';
import { page, Results } from '../../../proof/faults/results';

const folder = mkdtempSync(join(tmpdir(), 'faults-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const fault = (changes: Partial<Fault> = {}): Fault => ({
  kind: 'sums',
  file: 'a.ts',
  text: 'a + b',
  replacement: "a - $&'",
  ...changes,
});

describe('the faults', () => {
  it('are at least a hundred, each once', () => {
    const names = faults().map(named);
    expect(names.length).toBeGreaterThanOrEqual(100);
    expect(new Set(names).size).toBe(names.length);
  });

  it('each stand in the product once', () => {
    checkTexts(faults(), join(__dirname, '../../..'));
  });

  it('change something', () => {
    expect(faults().filter(({ text, replacement }) => text === replacement)).toEqual([]);
  });

  it.each([
    ['a * b', 0],
    ['a + b; a + b', 2],
  ])('are refused where %s is the file', (text, count) => {
    writeFileSync(join(folder, 'a.ts'), text);
    expect(() => {
      checkTexts([fault()], folder);
    }).toThrow(`a.ts: "a + b" -> "a - $&'": the text stands there ${count} times, not once`);
  });
});

describe('a fault', () => {
  it('is in the copy while the tests run, to the letter, and gone afterwards', async () => {
    const path = join(folder, 'a.ts');
    writeFileSync(path, 'x = a + b;');
    await expect(
      withFault(folder, fault(), () => Promise.reject(new Error(readFileSync(path, 'utf8')))),
    ).rejects.toThrow("x = a - $&';");
    expect(readFileSync(path, 'utf8')).toBe('x = a + b;');
  });
});

describe('the results', () => {
  const path = join(folder, 'results.json');
  const all = [
    fault(),
    fault({ text: 'c' }),
    fault({ kind: 'order', text: 'd' }),
    fault({ kind: 'order', text: 'e' }),
  ];

  it('outlive the run', () => {
    new Results(path).set(fault(), 'behaviour');
    expect(all.map((each) => new Results(path).of(each))).toEqual([
      'behaviour',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are counted by kind, and those that no test of behaviour noticed are named', () => {
    const results = new Results(path);
    results.set(all[1] ?? fault(), 'golden');
    results.set(all[2] ?? fault(), 'nothing');
    results.set(all[3] ?? fault(), 'compiler');
    expect(page(all, results).split('\n')).toEqual([
      'kind            faults behaviour  compiler    golden   nothing',
      'sums                 2         1         0         1         0',
      'order                2         0         1         0         1',
      'all                  4         1         1         1         1',
      '',
      'by a golden alone:',
      `a.ts: "c" -> "a - $&'"`,
      '',
      'by nothing:',
      `a.ts: "d" -> "a - $&'"`,
    ]);
  });
});
