import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../outcome';
import { type Amtool, differs } from './amtool';
import { renderedAlertmanager, written } from './rendered';

type Texts = Readonly<Record<string, string>>;

interface Alert {
  status: 'firing' | 'resolved';
  labels: Texts;
  annotations: Texts;
  generatorURL: string;
}

const generatorURL = 'https://thanos-query.example.org/graph?g0.expr=up';
const silent = (i: number): Alert => ({
  status: 'firing',
  labels: { alertname: 'EdgeSilent', severity: 'critical', cluster: `edge-${i}` },
  annotations: {
    summary: `no sample for ten minutes`,
    description: `The agents of edge-${i} are gone, or cannot send.`,
    runbook_url: 'https://example.org/runbooks/EdgeSilent.md',
  },
  generatorURL,
});
const bare: Alert = { status: 'firing', labels: { job: 'a&b' }, annotations: {}, generatorURL: '' };

/** What all alerts of a message have in common, as Alertmanager computes it. */
const common = (all: readonly Texts[]): Texts =>
  Object.fromEntries(
    Object.entries(all[0] ?? {}).filter(([name, value]) => all.every((one) => one[name] === value)),
  );

const data = (alerts: readonly Alert[]) => ({
  receiver: 'ops',
  status: alerts.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
  alerts,
  groupLabels: {},
  commonLabels: common(alerts.map(({ labels }) => labels)),
  commonAnnotations: common(alerts.map(({ annotations }) => annotations)),
  externalURL: 'http://alertmanager.monitoring:9093',
});

const forty = Array.from({ length: 40 }, (_, i) => silent(i));
const ended = { ...silent(1), status: 'resolved' as const };

/** A template, of which alerts, and the text that it makes; GRAFANA is Grafana's address. */
const rendered: readonly (readonly [string, readonly Alert[], string])[] = [
  ['title', [silent(1)], '[CRITICAL] EdgeSilent in edge-1'],
  ['title', forty, '[CRITICAL] EdgeSilent (40)'],
  ['title', [ended], '[RESOLVED] EdgeSilent in edge-1'],
  ['title', [bare], '[FIRING] alerts'],
  [
    'text',
    [silent(1)],
    '- edge-1: no sample for ten minutes\n  The agents of edge-1 are gone, or cannot send.\n',
  ],
  [
    'text',
    [silent(1), ended],
    '- edge-1: no sample for ten minutes\n  The agents of edge-1 are gone, or cannot send.\n' +
      '- resolved: edge-1: no sample for ten minutes\n',
  ],
  [
    'text',
    forty,
    `${Array.from({ length: 20 }, (_, i) => `- edge-${i}: no sample for ten minutes\n`).join('')}… 40 in all\n`,
  ],
  ['text', [{ ...bare, labels: { alertname: 'Bare' } }], '- Bare\n'],
  [
    'links',
    [silent(1)],
    'Runbook: https://example.org/runbooks/EdgeSilent.md\n' +
      `Query: ${generatorURL}\n` +
      'Silence: GRAFANA/alerting/silence/new?alertmanager=Alertmanager&matcher=alertname%3DEdgeSilent&matcher=cluster%3Dedge-1&matcher=severity%3Dcritical\n',
  ],
  [
    'links',
    [bare],
    'Query: \nSilence: GRAFANA/alerting/silence/new?alertmanager=Alertmanager&matcher=job%3Da%26b\n',
  ],
  [
    'links.markdown',
    [silent(1)],
    `[Runbook](https://example.org/runbooks/EdgeSilent.md) · [Query](${generatorURL}) · ` +
      '[Silence](GRAFANA/alerting/silence/new?alertmanager=Alertmanager&matcher=alertname%3DEdgeSilent&matcher=cluster%3Dedge-1&matcher=severity%3Dcritical)',
  ],
  ['severity', [silent(1)], 'critical'],
  ['severity', [{ ...bare, labels: { severity: 'page' } }], 'warning'],
  ['severity', [bare], 'warning'],
  ['priority', [silent(1)], 'P1'],
  ['priority', [bare], 'P3'],
];

/** Messages as people read them, from the file that is deployed. */
export async function messages(amtool: Amtool, folder: string): Promise<Outcome> {
  const values = await renderedAlertmanager();
  written(values, folder);
  const grafana = /https:\/\/grafana\.[^/]+/.exec(Object.values(values.templateFiles).join())?.[0] ?? '';
  const file = join(folder, 'data.json');
  const wrong: string[] = [];
  for (const [name, alerts, wanted] of rendered) {
    writeFileSync(file, JSON.stringify(data(alerts)));
    const { code, out } = await amtool(
      'template',
      'render',
      `--template.glob=${join(folder, '*.tmpl')}`,
      `--template.text={{ template "monitoring.${name}" . }}`,
      `--template.data=${file}`,
    );
    const found = code === 0 ? out : `${out} (exit code ${code})`;
    const text = wanted.replaceAll('GRAFANA', grafana);
    wrong.push(...differs(`monitoring.${name}`, JSON.stringify(found), JSON.stringify(text)));
  }
  return { title: `amtool template render: ${rendered.length} texts of messages`, wrong };
}
