import { checkedConfig } from '../../checks/config';
import { readStackFile } from '../render/stack-file';
import { bounds } from '../../config/scalars';
import { capacityViolations, centralNeeds } from '../../capacity/check';
import { planOf } from '../../capacity/plan';
import { command, run, UserError } from '../command-line';
import { wholeNumber } from '../option-values';
import { page } from './table';

/** As the configuration has it, which would refuse more. */
const upTo = (most: number, least = 0) =>
  wholeNumber({ least, most, why: 'a stack file may hold no more (docs/config.md)' });

const program = command(
  'npm run capacity --',
  'Prints what a plan needs: memory, disk, bucket, network. Says which keys of the stack file cannot hold it, and exits with 1 then.',
)
  .argument('<STACK_FILE>', 'of the central stack, such as Pulumi.cluster-01.yaml')
  .option('--series <number>', 'active series of each edge (default: as configured)', upTo(bounds.series))
  .option('--edges <number>', 'so many edges instead of those in the file', upTo(bounds.edges))
  .option('--ingestors <number>', 'so many ingestors (default: as configured)', upTo(bounds.ingestors, 1))
  .option('--central-series <number>', 'active series of the central cluster', upTo(bounds.series))
  .action((file, { series, edges, ingestors, centralSeries }) => {
    const config = checkedConfig(readStackFile(file), 'unchecked');
    if (config.role !== 'central') {
      throw new UserError(`${file}: the stack of an edge. Name the file of the central stack.`);
    }
    const ring = ingestors ?? config.receive.ring;
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
    if (violations.length > 0) process.exitCode = 1;
  });

void run(program);
