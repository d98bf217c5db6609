import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../config/errors';
import { allOf, command, makeGiven, readGiven, run, UsageError, UserError } from '../../tools/command-line';
import { duration, seconds, wholeNumber, wholeNumbers } from '../../tools/option-values';

const bounds = { least: 1, most: 50, why: 'there are no more' };
const usage = ['Usage: npm run count -- [options] <FILE>', '', 'Counts.', ''];
const program = (action: (file: string, options: { runs: number; names?: string[] }) => void) =>
  command('npm run count --', 'Counts.')
    .argument('<FILE>')
    .option('--runs <number>', 'how often', wholeNumber(bounds), 7)
    .action(action);

/** What people see of a command line, and the exit code. */
async function seen(of: ReturnType<typeof program>, ...argv: string[]) {
  const printed = { out: [] as string[], err: [] as string[] };
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.out.push(...String(text).trimEnd().split('\n'));
    return true;
  });
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.err.push(...String(text).trimEnd().split('\n'));
    return true;
  });
  const error = jest.spyOn(console, 'error').mockImplementation((what: unknown) => {
    printed.err.push(...(what instanceof Error ? (what.stack ?? '') : String(what)).split('\n'));
  });
  try {
    await run(of, argv);
    return { ...printed, code: process.exitCode ?? 0 };
  } finally {
    process.exitCode = undefined;
    for (const spy of [out, err, error]) spy.mockRestore();
  }
}

const failing = (error: Error) =>
  program(() => {
    throw error;
  });

describe('a command', () => {
  it('takes options in both forms, and hands numbers on as numbers', async () => {
    const taken: unknown[] = [];
    const noting = () => program((...args) => void taken.push(args.slice(0, 2)));
    for (const argv of [['a'], ['a', '--runs', '3'], ['--runs=4', 'a']]) {
      expect(await seen(noting(), ...argv)).toEqual({ out: [], err: [], code: 0 });
    }
    expect(taken).toEqual([
      ['a', { runs: 7 }],
      ['a', { runs: 3 }],
      ['a', { runs: 4 }],
    ]);
  });

  it('prints its usage on --help, on standard output, with 0', async () => {
    const { out, err, code } = await seen(
      program(() => undefined),
      '--help',
    );
    expect({ out: out.slice(0, 4), err, code }).toEqual({ out: usage, err: [], code: 0 });
  });

  it.each([
    [[], "missing required argument 'FILE'"],
    [['a', 'b'], 'too many arguments. Expected 1 argument but got 2.'],
    [['a', '--fast'], "unknown option '--fast'"],
    [['a', '--run=1'], "unknown option '--run=1'"],
    [
      ['a', '--runs', 'NaN'],
      "option '--runs <number>' argument 'NaN' is invalid. A whole number from 1 to 50 is needed: there are no more.",
    ],
  ])('says what is wrong with the arguments %j, then its usage, with 2', async (argv, message) => {
    const { out, err, code } = await seen(
      program(() => undefined),
      ...argv,
    );
    const from = err.indexOf(usage[0] ?? '');
    expect({ out, message: err[0], usage: err.slice(from, from + 4), code }).toEqual({
      out: [],
      message,
      usage,
      code: 2,
    });
  });
});

describe('what an action throws', () => {
  it('is one message where the user can mend it, with 2', async () => {
    expect(await seen(failing(new UserError('a: no such file')), 'a')).toEqual({
      out: [],
      err: ['a: no such file'],
      code: 2,
    });
  });

  it('is the answer where the work was done, with 1', async () => {
    expect(await seen(failing(new UserError('not accepted', { exitCode: 1 })), 'a')).toEqual({
      out: [],
      err: ['not accepted'],
      code: 1,
    });
  });

  it('has the usage below it where the arguments contradict each other, with 2', async () => {
    const { err, code } = await seen(failing(new UsageError('one or the other')), 'a');
    expect({ err: err.slice(0, 6), code }).toEqual({ err: ['one or the other', '', ...usage], code: 2 });
  });

  it('is the whole list of a refused configuration, with 1', async () => {
    const violation = { key: 'outage', found: '"soon"', allowed: 'a duration', fix: 'Change it.' };
    expect(await seen(failing(new ConfigError('cluster-01', [violation])), 'a')).toEqual({
      out: [],
      err: [
        'The configuration of stack cluster-01 has an error; nothing was touched.',
        '  monitoring:outage: found "soon"; allowed: a duration. Change it.',
      ],
      code: 1,
    });
  });

  it('keeps its stack trace where it is a fault of the program', async () => {
    const { err, code } = await seen(failing(new TypeError('undefined is not a function')), 'a');
    expect(err[0]).toBe('TypeError: undefined is not a function');
    expect(err[1]).toMatch(/^ {4}at /);
    expect(code).toBe(1);
  });
});

describe('numbers', () => {
  const needed = 'A whole number from 1 to 50 is needed: there are no more.';

  it.each(['-1', '1.5', '1e1', '', ' 1', 'NaN', '0x10', '9007199254740993'])('refuses %j', (text) => {
    expect(() => wholeNumber(bounds)(text)).toThrow(needed);
  });

  it('takes the smallest and the largest that are allowed, and none beyond them', () => {
    expect(['1', '50'].map(wholeNumber(bounds))).toEqual([1, 50]);
    for (const text of ['0', '51']) expect(() => wholeNumber(bounds)(text)).toThrow(needed);
  });

  it('takes several with commas between them, up to ten', () => {
    expect(wholeNumbers(bounds)('5,20')).toEqual([5, 20]);
    expect(() => wholeNumbers(bounds)('5,')).toThrow(needed);
    expect(wholeNumbers(bounds)('1,'.repeat(9) + '1')).toHaveLength(10);
    expect(() => wholeNumbers(bounds)('1,'.repeat(10) + '1')).toThrow('At most ten numbers are needed.');
  });

  it('takes seconds up to a day', () => {
    expect(['3', '86400'].map(seconds(3))).toEqual([3, 86_400]);
    for (const text of ['2', '86401']) {
      expect(() => seconds(3)(text)).toThrow('A whole number from 3 to 86400 is needed: the command waits');
    }
  });

  it('takes a duration up to a day', () => {
    expect(['1ms', '10m', '1d'].map((text) => duration(text).seconds)).toEqual([0.001, 600, 86_400]);
    for (const text of ['soon', '0s', '25h']) {
      expect(() => duration(text)).toThrow('Needed is a duration such as 30s, 6h or 15d, at most 1d.');
    }
  });
});

describe('several things that are read', () => {
  const refuse = (error: Error) => () => {
    throw error;
  };

  it('are given back in their order', () => {
    expect(allOf([() => 1, () => 'a'])).toEqual([1, 'a']);
  });

  it('are refused with all that is wrong with them, with the usage if one is wrong usage', () => {
    const [a, b] = [refuse(new UserError('a')), refuse(new UserError('b'))];
    expect(() => allOf([a, () => 1, b])).toThrow(new UserError('a\nb'));
    const usage = refuse(new UsageError('c'));
    expect(() => allOf([a, usage])).toThrow(UsageError);
  });

  it('are refused in the order of the command line, what no option names last', () => {
    const wrong = ['--base: a', 'no option', '--out: b', '--save x: c'].map((text) =>
      refuse(new UserError(text)),
    );
    expect(() => allOf(wrong, ['--save=x', '--out', 'y', '--base', ''])).toThrow(
      new UserError('--save x: c\n--out: b\n--base: a\nno option'),
    );
  });

  it('are not taken for mistakes of the user where the program is at fault', () => {
    const fault = new TypeError('x is not a function');
    expect(() => allOf([refuse(new UserError('a')), refuse(fault)])).toThrow(fault);
  });
});

describe('a file or folder that the user named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'command-line-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is named with its argument when it is missing or a folder', () => {
    const missing = join(folder, 'a');
    expect(() => readGiven('--central', missing)).toThrow(
      `--central ${missing}: no such file. Name a file that can be read.`,
    );
    expect(() => readGiven('--central', folder)).toThrow(
      `--central ${folder}: a folder. Name a file that can be read.`,
    );
  });

  it('is made, with those above it, and named with its argument when it cannot be', () => {
    const wanted = join(folder, 'b', 'c');
    makeGiven('--out', wanted);
    expect(statSync(wanted).isDirectory()).toBe(true);
    const file = join(wanted, 'd');
    writeFileSync(file, '');
    expect(() => {
      makeGiven('--out', file);
    }).toThrow(`--out ${file}: a file. Name a folder that can be made.`);
    expect(() => {
      makeGiven('--out', join(file, 'e'));
    }).toThrow(`--out ${join(file, 'e')}: below a file. Name a folder that can be made.`);
  });
});
