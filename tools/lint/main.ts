import { execa } from 'execa';
import { command, run } from '../command-line';

const linters: readonly (readonly [program: string, ...args: string[]])[] = [
  ['eslint', '.'],
  ['depcruise', '--config', '.dependency-cruiser.js', '.'],
  ['prettier', '--check', '.'],
];

/** Runs every linter, also after one has objected: what is wrong is said all at once. */
async function lint(): Promise<void> {
  for (const [program, ...args] of linters) {
    const { exitCode } = await execa(program, args, {
      preferLocal: true,
      reject: false,
      stdio: 'inherit',
    });
    if (exitCode !== 0) process.exitCode = 1;
  }
}

void run(
  command(
    'npm run lint --',
    'Says what ESLint, the order of the folders (dependency-cruiser) and Prettier object to, in the whole repository.',
  ).action(lint),
);
