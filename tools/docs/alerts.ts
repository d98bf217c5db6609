import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkedConfig } from '../../checks/config';
import type { CentralConfig } from '../../config/central';
import { certificates } from '../../observability/rules/certificates';
import { replacedAlerts } from '../../observability/rules/replaced';
import { ruleGroups } from '../../observability/rules/groups';
import type { RuleGroup } from '../../observability/rules/rule-group';
import { ruleFacts } from '../../stacks/rule-facts';
import { readStackFile } from '../render/stack-file';

const repository = join(__dirname, '..', '..');

/** The stack whose rules are listed: nothing but numbers differs between stacks. */
const example = join(repository, 'tests', 'rules', 'Pulumi.rules.yaml');

const evaluators: Readonly<Record<RuleGroup['evaluator'], string>> = {
  ruler: 'Ruler',
  prometheus: 'Prometheus',
};

/** An alert as the list shows it. */
interface Listed {
  alert: string;
  evaluators: Set<string>;
  severities: Set<string>;
}

/** The page of all alerts of ours, made from the rules and from what their runbooks say that they mean. */
export function alertsPage(): string {
  const config = checkedConfig(readStackFile(example)) as CentralConfig;
  const groups = [...ruleGroups(ruleFacts(config)), certificates([])];
  const alerts = new Map<string, Listed>();
  for (const { evaluator, rules } of groups) {
    for (const rule of rules) {
      if (!('alert' in rule)) continue;
      const { alert, labels } = rule;
      const listed = alerts.get(alert) ?? { alert, evaluators: new Set(), severities: new Set() };
      alerts.set(alert, listed);
      listed.evaluators.add(evaluators[evaluator]);
      listed.severities.add(labels.severity);
    }
  }
  return [
    head(alerts.size),
    '| alert | severity | evaluated by | what it means |',
    '| --- | --- | --- | --- |',
    ...[...alerts.values()].map(row),
    '',
    chartHead,
    '| alert of the chart | ours |',
    '| --- | --- |',
    ...Object.entries(replacedAlerts).map(([chart, ours]) => `| ${chart} | [${ours}](runbooks/${ours}.md) |`),
    '',
  ].join('\n');
}

const row = ({ alert, severities, evaluators: by }: Listed): string =>
  `| [${alert}](runbooks/${alert}.md) | ${[...severities].join(', ')} | ${[...by].join(', ')} | ${meaning(alert)} |`;

/** The first sentence of a runbook. */
function meaning(alert: string): string {
  const text = readFileSync(join(repository, 'docs', 'runbooks', `${alert}.md`), 'utf8');
  const section = /^## Meaning\n\n([\s\S]*?)\n\n## /m.exec(text)?.[1]?.replaceAll('\n', ' ') ?? '';
  return (/^.*?[.:](?= |$)/.exec(section)?.[0] ?? section).replace(/:$/, '.');
}

const head = (count: number) => `# Alerts

<!-- Made by \`npm run docs\` from observability/rules and docs/runbooks: change those. -->

${count} alerts of ours; the chart's own come beside them, for every cluster. Each has a runbook, linked here and in its message, and cases in
[\`tests/rules/\`](../tests/rules) that say when it fires, when it does not, and what it says without data (\`npm run rules\`).

- **Severity**: \`critical\` wakes somebody, \`warning\` is for working hours, \`none\` reaches nobody but the Watchdogs' receivers.
- **Evaluated by** the Ruler, over all clusters, through Query; or by the central Prometheus, which scrapes Thanos itself and works when Thanos does not.
- The label \`cluster\` says whose it is. \`explains: edges\` stands on alerts of the centre that explain why edges seem silent, \`explains: edge\` on what
  explains one: edges' alerts are held back meanwhile.
- In runbooks, commands without \`--context\` are for the central cluster, and \`EDGE\` is the context of the cluster that the alert names.
`;

const chartHead = `## Alerts of the chart that are left out

One fault, one message: these are not deployed, since ours take their place.
`;
