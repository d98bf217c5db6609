import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runtime } from '@pulumi/pulumi';
import { execa } from 'execa';
import { parse, stringify } from 'yaml';
import { repository } from '../sandbox/paths';
import { Failure } from '../failure';
import { hasSecret, isObject, ownConfig, stackFile, type StackConfig } from './stack-config';

/** A resource as the state has it. */
export interface StateResource {
  urn: string;
  type: string;
  outputs?: Record<string, unknown>;
}

/** Lines of pulumi's output that a failure shows. */
const shownLines = 40;

/**
 * The stacks of one pair of clusters, deployed by the real pulumi with state and stack files in a folder of
 * their own.
 */
export class PulumiProject {
  private readonly env: Record<string, string | undefined>;

  /** @param plugins folder to be put on PATH */
  constructor(
    readonly folder: string,
    plugins: string,
  ) {
    const state = join(folder, 'state');
    const passphrase = join(folder, 'passphrase');
    const temporary = join(folder, 'tmp');
    for (const made of [state, temporary]) mkdirSync(made, { recursive: true, mode: 0o700 });
    // The Kubernetes provider leaves one there at every run, with the client's key.
    for (const left of readdirSync(temporary).filter((name) => name.startsWith('kubeconfig')))
      rmSync(join(temporary, left));
    if (!existsSync(passphrase)) writeFileSync(passphrase, randomBytes(24).toString('hex'), { mode: 0o600 });
    // A project of the same name and program beside the repository's: here pulumi may write stack files.
    const committed = parse(readFileSync(join(repository, 'Pulumi.yaml'), 'utf8')) as object;
    writeFileSync(join(folder, 'Pulumi.yaml'), stringify({ ...committed, main: repository }));
    this.env = {
      PULUMI_BACKEND_URL: pathToFileURL(state).href,
      PULUMI_CONFIG_PASSPHRASE_FILE: passphrase,
      // Set, even to nothing, it would win over the file.
      PULUMI_CONFIG_PASSPHRASE: undefined,
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      PULUMI_SKIP_UPDATE_CHECK: '1',
      TMPDIR: temporary,
      PATH: [plugins, process.env['PATH'] ?? ''].join(delimiter),
    };
  }

  /**
   * Makes a stack, if it is not there, and its stack file.
   *
   * @param changes to the committed stack file, given its keys
   * @param secrets by config key
   */
  async configure(
    stack: string,
    changes: (committed: StackConfig) => StackConfig,
    secrets: Record<string, string>,
  ): Promise<void> {
    if (!(await this.exists(stack))) await this.run(stack, ['stack', 'init', stack, '--no-select']);
    const file = join(this.folder, `Pulumi.${stack}.yaml`);
    const committed = readFileSync(join(repository, `Pulumi.${stack}.yaml`), 'utf8');
    const previous = existsSync(file) ? readFileSync(file, 'utf8') : '';
    writeFileSync(file, stackFile(committed, previous, changes(ownConfig(committed))), { mode: 0o600 });
    for (const [key, value] of Object.entries(secrets)) {
      if (hasSecret(previous, key)) continue;
      // By standard input: arguments can be read by every user of the machine.
      await this.run(stack, ['config', 'set', '--secret', '--stack', stack, key], value);
    }
  }

  /**
   * Deploys a stack.
   *
   * @returns what changed, such as "87 created"
   * @throws Failure with the end of pulumi's output
   */
  async up(stack: string, ...flags: string[]): Promise<string> {
    const output = await this.run(stack, ['up', '--yes', '--skip-preview', ...this.quiet(stack), ...flags]);
    return changes(output);
  }

  /**
   * Summary of what an `up` would change.
   *
   * @throws Failure with pulumi's output, also when `flags` forbid changes
   */
  async preview(stack: string, ...flags: string[]): Promise<string> {
    return changes(await this.run(stack, ['preview', ...this.quiet(stack), ...flags]));
  }

  /** Removes everything of a stack, also what is protected. */
  async destroy(stack: string): Promise<string> {
    await this.run(stack, ['state', 'unprotect', '--all', '--yes', '--stack', stack]);
    const output = await this.run(stack, ['destroy', '--yes', '--skip-preview', ...this.quiet(stack)]);
    await this.run(stack, ['stack', 'rm', '--yes', stack]);
    return changes(output);
  }

  /** The outputs of a stack, secrets in plain text: for checks, never for a log. */
  async outputs(stack: string): Promise<unknown> {
    const args = ['stack', 'output', '--json', '--show-secrets', '--stack', stack];
    return JSON.parse(await this.run(stack, args, undefined, false)) as unknown;
  }

  /** Every resource in the state of a stack, secrets in plain text: for checks, never for a log. */
  async resources(stack: string): Promise<StateResource[]> {
    const args = ['stack', 'export', '--show-secrets', '--stack', stack];
    const text = await this.run(stack, args, undefined, false);
    const state = JSON.parse(text, revealed) as { deployment: { resources: StateResource[] } };
    return state.deployment.resources;
  }

  /** The configuration that a stack was deployed with. */
  config(stack: string): StackConfig {
    return ownConfig(readFileSync(join(this.folder, `Pulumi.${stack}.yaml`), 'utf8'));
  }

  async exists(stack: string): Promise<boolean> {
    const stacks = JSON.parse(await this.run(stack, ['stack', 'ls', '--json'])) as { name: string }[];
    return stacks.some(({ name }) => name === stack);
  }

  private quiet(stack: string): string[] {
    return ['--stack', stack, '--color=never', '--suppress-outputs', '--suppress-progress'];
  }

  private async run(stack: string, args: string[], input?: string, logged = true): Promise<string> {
    const result = await execa('pulumi', [...args, '--non-interactive', '--cwd', this.folder], {
      env: this.env,
      ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
      all: true,
      reject: false,
    });
    const log = join(this.folder, `${stack}.log`);
    const all = logged ? result.all : '';
    appendFileSync(log, `$ pulumi ${args.join(' ')}\n${all}\n`, { mode: 0o600 });
    if (result.exitCode === 0) return result.stdout;
    const tail = result.all.trim() || (result.originalMessage ?? '');
    const end = tail.split('\n').filter(tellsWhy).slice(-shownLines).join('\n');
    throw new Failure(`pulumi ${args.slice(0, 2).join(' ')} of ${stack} failed\n${end}\nWhole log: ${log}`);
  }
}

/** Reviver for JSON.parse that puts each secret's plain text in its place. */
const revealed = (_: string, value: unknown): unknown =>
  isObject(value) && runtime.specialSigKey in value && typeof value['plaintext'] === 'string'
    ? JSON.parse(value['plaintext'])
    : value;

/**
 * Whether a line of pulumi's output is neither about which plugin is used nor about a resource that stays as
 * it is.
 */
const tellsWhy = (line: string): boolean =>
  !/warning: (using|resource plugin) |^\s{4,}[\w-]+:\S+:\S+ [\w.-]+\s*$/.test(line);

/** The counts of pulumi's summary. */
function changes(output: string): string {
  const summary = output.slice(Math.max(0, output.lastIndexOf('\nResources:')));
  const counts = summary.matchAll(
    /^\s+([+~\-]*\s*\d+ (?:to \w+|created|updated|replaced|deleted|unchanged))/gm,
  );
  return [...counts].map(([, text = '']) => text.replace(/^\W+/, '')).join(', ');
}
