import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { alertNames } from '../tools/rules/cases';
import { Expression } from '../tools/rules/expression';
import { renderedAlerting } from '../tools/rules/rendered';

const project = join(__dirname, '..');
const folder = join(project, 'docs', 'runbooks');
const golden = readFileSync(join(project, 'tests', 'golden', 'cluster-01.yaml'), 'utf8');
const pages = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  return { name: file.replace(/\.md$/, ''), text, headings: text.match(/^#+ .*$/gm) ?? [] };
});

/** Objects of the chart that commands name; its release is not rendered. */
const ofChart = [
  'alertmanager',
  'coredns',
  'kube-prometheus-stack-alertmanager',
  'kube-prometheus-stack-kube-state-metrics',
  'kube-prometheus-stack-operator',
  'kube-prometheus-stack-prometheus',
  'prometheus',
  'prometheus-agent',
];

/** Every name of an object and every value of the label `app.kubernetes.io/name` that is deployed. */
const deployed = new Set([
  ...ofChart,
  ...parseAllDocuments(golden).flatMap((document) => {
    const { metadata } = (document.toJS() as Resource | null)?.inputs ?? {};
    return [metadata?.name, metadata?.labels?.['app.kubernetes.io/name']].flatMap((name) => name ?? []);
  }),
]);

interface Resource {
  inputs?: { metadata?: { name?: string; labels?: Record<string, string> } };
}

describe('the runbooks', () => {
  it('are one for each alert that is deployed, and none for another', () => {
    expect(pages.map(({ name }) => name).sort()).toEqual(alertNames(renderedAlerting(golden).groups).sort());
  });

  it.each(pages)('$name has its sections in order', ({ name, headings }) => {
    expect(headings).toEqual([`# ${name}`, '## Meaning', '## Impact', '## Check', '## Mend', '## Prevent']);
  });

  it.each(pages)('$name says something in each, and leaves nothing to fill in', ({ text }) => {
    for (const section of text.split(/^#+ .*$/m).slice(2)) expect(section.trim().length).toBeGreaterThan(15);
    expect(text).not.toMatch(/\b(TODO|TBD|FIXME|XXX)\b|<[a-z][a-z -]*>|\.\.\.$/im);
  });

  it.each(pages)('$name has commands that name what is deployed', ({ text }) => {
    const commands = text.match(/^```sh\n[\s\S]*?^```$/gm) ?? [];
    expect(commands.length).toBeGreaterThan(0);
    const named = commands.flatMap((block) => [
      ...[...block.matchAll(/\b(?:svc|deployment|service|configmap|statefulset)[ /]([a-z][a-z0-9-]+)/g)].map(
        ([, name = '']) => name,
      ),
      ...[...block.matchAll(/app\.kubernetes\.io\/name=([a-z0-9-]+)/g)].map(([, name = '']) => name),
      ...[...block.matchAll(/app\.kubernetes\.io\/name in \(([^)]+)\)/g)].flatMap(([, names = '']) =>
        names.split(',').map((name) => name.trim()),
      ),
      ...[...block.matchAll(/^PART=(\S+)/gm)].map(([, name = '']) => name),
    ]);
    expect(named.filter((name) => !deployed.has(name))).toEqual([]);
  });

  it.each(pages)('$name asks with expressions that parse', ({ text }) => {
    for (const [, query = ''] of text.matchAll(/'query=(.*)'$/gm))
      expect(() => new Expression(query)).not.toThrow();
  });
});
