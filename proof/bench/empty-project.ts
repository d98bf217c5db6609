import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa, type Options } from 'execa';
import { repository } from '../sandbox/paths';

/**
 * Makes a project whose program registers nothing: what a preview costs before this project adds anything. It
 * is compiled as this project is, and has the same packages, so that the engine looks up the same plugins.
 */
export async function makeEmptyProject(folder: string, env: Options['env']): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(repository, 'proof', 'bench', 'empty'), folder, { recursive: true });
  for (const file of ['program.js', 'package.json', join('tools', 'supported-node.js')]) {
    cpSync(join(repository, file), join(folder, file));
  }
  // Packages one by one: the folder itself holds what this program is compiled to.
  const packages = join(repository, 'node_modules');
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(packages).filter((name) => !name.startsWith('.'))) {
    symlinkSync(join(packages, name), join(folder, 'node_modules', name));
  }
  writeFileSync(
    join(folder, 'Pulumi.yaml'),
    'name: empty\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n',
  );
  await execa('pulumi', ['stack', 'select', '--create', 'empty', '--non-interactive'], { cwd: folder, env });
}
