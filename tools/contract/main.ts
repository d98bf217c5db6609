import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { breaks } from '../../contract/breaks';
import { schemas } from '../../contract/schema';
import { command, run, UserError } from '../command-line';
import { checkedJson } from '../json';
import { releasedSchema } from './released';

const released = join(__dirname, '..', '..', 'contract', 'released');

const program = command(
  'npm run contract --',
  'Says whether the outputs still keep what the last release promised (contract/released/). Exit code 1: they do not.',
)
  .option('--release', 'make the outputs of now the promised ones; refused while they break a promise')
  .action(async ({ release = false }) => {
    const all = Object.entries(schemas());
    const broken = all.flatMap(([file, schema]) => {
      const path = join(released, file);
      if (!existsSync(path)) {
        if (release) return [];
        throw new UserError(`contract/released/${file}: no such file. Run: npm run contract -- --release`);
      }
      const promised = checkedJson(
        `contract/released/${file}`,
        releasedSchema,
        readFileSync(path, 'utf8'),
        'No release wrote it so: restore it from git.',
      );
      return breaks(file.split('.')[0] ?? file, promised, schema);
    });
    if (broken.length > 0) throw new UserError(broken.join('\n'), { exitCode: 1 });
    if (!release) return;
    for (const [file, schema] of all) {
      const path = join(released, file);
      const text = await format(JSON.stringify(schema), { ...(await resolveConfig(path)), filepath: path });
      writeFileSync(path, text);
    }
  });

void run(program);
