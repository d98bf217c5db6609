import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ourFolder } from '../../components/grafana/dashboards';
import { command, run } from '../command-line';
import { jsonFiles } from './json-files';

const repository = join(__dirname, '..', '..');
const folder = join('observability', 'dashboards', ourFolder);

const program = command(
  'npm run dashboards --',
  `Builds our dashboards (tools/dashboards/source) into ${folder}, from which the central stack deploys them. Run it after a change of one.`,
)
  .option('--check', 'write nothing; exit with 1 when a committed file is not what would be written')
  .action(({ check }) => {
    const wanted = jsonFiles();
    const at = (file: string) => join(repository, folder, file);
    mkdirSync(join(repository, folder), { recursive: true });
    const extra = readdirSync(join(repository, folder)).filter((file) => !wanted.has(file));
    for (const [file, text] of wanted) {
      if (!check) writeFileSync(at(file), text);
      else if (!existsSync(at(file)) || readFileSync(at(file), 'utf8') !== text) {
        console.log(`${join(folder, file)} is not what it is built from. Run: npm run dashboards`);
        process.exitCode = 1;
      }
    }
    for (const file of extra) {
      console.log(
        `${join(folder, file)} is built from nothing. Remove it, or move it: other dashboards have folders of their own.`,
      );
      process.exitCode = 1;
    }
  });

void run(program);
