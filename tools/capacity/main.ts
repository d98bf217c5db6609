import { parseArgs } from 'node:util';
import { ConfigError } from '../../config/errors';
import { checkedConfig } from '../../checks/config';
import { readStackFile, StackFileError } from '../render/stack-file';
import { capacityViolations, centralNeeds } from '../../capacity/check';
import { planOf } from '../../capacity/plan';
import { page } from './table';

const usage = `Prints what a plan needs: memory, disk, bucket, network. Says which keys of the stack file cannot hold it.

  npm run capacity -- STACK_FILE                  the central stack as configured
  npm run capacity -- STACK_FILE --series 100000  each edge with so many active series
                      --edges 500                 so many edges, instead of those in the file
                      --ingestors 9               so many ingestors
                      --central-series 80000      active series of the central cluster
`;

/** @throws Error when an option is no whole number */
function whole(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new StackFileError(`--${option} ${text}: a whole number is needed`);
  return Number(text);
}

function main(): number {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      series: text,
      edges: text,
      ingestors: text,
      'central-series': text,
      help: { type: 'boolean' },
    },
  });
  const [file] = positionals;
  if (values.help || file === undefined) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const config = checkedConfig(readStackFile(file), 'unchecked');
  if (config.role !== 'central')
    throw new StackFileError(`${file}: the stack of an edge; name the central one`);
  const ring = whole(values.ingestors, 'ingestors') ?? config.receive.ring;
  const series = whole(values.series, 'series');
  const edges = whole(values.edges, 'edges');
  const centralSeries = whole(values['central-series'], 'central-series');
  const plan = planOf(
    { ...config, receive: { ...config.receive, ring } },
    {
      ...(series !== undefined && { series }),
      ...(edges !== undefined && { edges }),
      ...(centralSeries !== undefined && { centralSeries }),
    },
  );
  console.log(page(plan));
  const violations = capacityViolations(centralNeeds(plan), config);
  for (const { key, found, fix } of violations) {
    console.log(`monitoring:${key}: ${found ?? 'missing'} cannot hold it. ${fix}`);
  }
  return violations.length > 0 ? 1 : 0;
}

try {
  process.exitCode = main();
} catch (error) {
  if (!(error instanceof StackFileError || error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
