import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from './folder';
import { freePort, Process, type Program } from './processes';

export interface RulerOptions {
  folder: string;
  /** Query's URL. */
  query: string;
  /** Rules by file name. */
  files: Record<string, string>;
  /** Between two evaluations of a group that does not say it, as a duration. */
  evaluationInterval: string;
}

/** Starts Thanos Ruler with the flags that the operator gives it, without an Alertmanager and a bucket. */
export async function startRuler({
  folder,
  query,
  files,
  evaluationInterval,
}: RulerOptions): Promise<Program> {
  mkdirSync(folder, { recursive: true });
  writeFiles(join(folder, 'rules'), files);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const process = await Process.start(
    'ruler',
    'thanos',
    [
      'rule',
      '--log.level=warn',
      `--data-dir=${join(folder, 'ruler')}`,
      `--eval-interval=${evaluationInterval}`,
      '--rule-query-offset=1m',
      '--label=thanos_ruler_replica="lab"',
      `--rule-file=${join(folder, 'rules')}/*.yaml`,
      `--query=${new URL(query).host}`,
      `--http-address=127.0.0.1:${port}`,
      `--grpc-address=127.0.0.1:${await freePort()}`,
    ],
    { log: join(folder, 'ruler.log'), ready: `${url}/-/ready` },
  );
  return { process, url };
}
