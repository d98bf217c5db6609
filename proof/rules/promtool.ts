import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { stringify } from 'yaml';
import { render } from '../../tools/render/render';
import { alertNames, promtoolFiles, readCases, uncovered, type RuleCases } from '../../tools/rules/cases';
import { renderedAlerting, type RenderedGroup } from '../../tools/rules/rendered';
import { committedAlerting } from './lint';
import type { Outcome } from './outcome';

const project = join(__dirname, '..', '..');

/** The stack whose rules the cases are about. */
const testedStack = join('tests', 'rules', 'Pulumi.rules.yaml');

const caseFolder = join(project, 'tests', 'rules');

/** Every case of `tests/rules/`. */
export const allCases = (): RuleCases =>
  readdirSync(caseFolder)
    .filter((file) => /^[a-z-]+\.yaml$/.test(file))
    .sort()
    .flatMap((file) => readCases(readFileSync(join(caseFolder, file), 'utf8')));

/** The rules that the tested stack would deploy. */
export async function testedGroups(): Promise<RenderedGroup[]> {
  const [text] = (await render([join(project, testedStack)])).values();
  return renderedAlerting(text ?? '').groups;
}

/** Asks promtool whether every rule parses, and whether each alert does in each case what it should. */
export async function promtool(program: string): Promise<Outcome[]> {
  const groups = await testedGroups();
  const committed = committedAlerting().flatMap((alerting) => alerting.groups);
  const cases = allCases();
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  try {
    return [
      await parses(program, folder, 'committed', committed),
      await parses(program, folder, 'tested', groups),
      {
        title: `${alertNames(groups).length} alerts have cases in which they fire, in which they are silent, and without data`,
        wrong: uncovered(cases, [...new Set([...alertNames(groups), ...alertNames(committed)])]),
      },
      await behave(program, folder, groups, cases),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const fileOf = (folder: string, of: string, group: string) => join(folder, `${of}-${group}.yaml`);

async function parses(
  program: string,
  folder: string,
  of: string,
  groups: readonly RenderedGroup[],
): Promise<Outcome> {
  const files = groups.map(({ name, interval, rules: its }) => {
    const file = fileOf(folder, of, name);
    writeFileSync(file, stringify({ groups: [{ name, interval, rules: its }] }));
    return file;
  });
  const { exitCode, all } = await execa(program, ['check', 'rules', '--lint=all', '--lint-fatal', ...files], {
    reject: false,
    all: true,
  });
  const rules = groups.reduce((sum, group) => sum + group.rules.length, 0);
  return {
    title: `promtool check rules: ${rules} rules in ${groups.length} groups of the ${of} stack`,
    wrong: exitCode === 0 ? [] : all.split('\n').filter((line) => !/SUCCESS|^Checking|^$/.test(line)),
  };
}

async function behave(
  program: string,
  folder: string,
  groups: readonly RenderedGroup[],
  cases: RuleCases,
): Promise<Outcome> {
  const known = new Set(groups.map(({ name }) => name));
  const unknown = cases.flatMap((each) => each.groups.filter((group) => !known.has(group)));
  const files = promtoolFiles(cases, (group) => fileOf(folder, 'tested', group));
  const wrong = unknown.map((group) => `no group of rules is named ${group}`);
  for (const [i, file] of (unknown.length > 0 ? [] : files).entries()) {
    const path = join(folder, `cases-${i}.yaml`);
    writeFileSync(path, stringify(file));
    const { exitCode, all } = await execa(program, ['test', 'rules', '--diff', path], {
      reject: false,
      all: true,
    });
    if (exitCode !== 0)
      wrong.push(
        ...all
          .replaceAll(folder, '')
          .split('\n')
          .filter((line) => line.trim() !== ''),
      );
  }
  const count = files.reduce((sum, { tests }) => sum + tests.length, 0);
  return { title: `promtool test rules: ${count} cases`, wrong };
}
