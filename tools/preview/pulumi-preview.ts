import { unescape } from 'node:querystring';
import { execa } from 'execa';
import { endOf } from '../programs';

/** What `pulumi preview` said of a stack. */
export interface Previewed {
  stack: string;
  /** Whether what is deployed is what the program says; undefined: it could not be looked at. */
  same: boolean | undefined;
  /** Resources that would change, and the counts; or why nothing is known. Never an output. */
  lines: readonly string[];
}

/** Pulumi's exit code for changes under `--expect-no-changes`; any other than 0 is that it could not look. */
const changesFound = 7;

/** Lines of diagnostics that are kept. */
const shown = 40;

/**
 * Previews a stack.
 *
 * Only lines that name resources, the counts and diagnostics are kept. What a preview prints besides are
 * outputs: the central stack's hold the key of every edge.
 *
 * @param refresh whether the cluster is asked what is there, as for drift; otherwise the last state is
 *   believed
 */
export async function previewed(stack: string, { refresh }: { refresh: boolean }): Promise<Previewed> {
  const result = await execa(
    'pulumi',
    [
      ...['preview', '--stack', stack, '--non-interactive', '--color', 'never'],
      ...['--suppress-outputs', '--suppress-progress', '--expect-no-changes'],
      ...(refresh ? ['--refresh'] : []),
    ],
    { reject: false, all: true },
  );
  const { exitCode } = result;
  const all = withoutBackend(result.all, process.env['PULUMI_BACKEND_URL']);
  if (exitCode === 0) {
    // Whoever stands in the place of Pulumi and says nothing of resources has not looked.
    if (counts.test(all)) return { stack, same: true, lines: [] };
    return { stack, same: undefined, lines: ['pulumi ended with 0 and has counted no resources'] };
  }
  if (exitCode === changesFound) return { stack, same: false, lines: changes(all) };
  const said = diagnostics(all);
  // What somebody else has changed is drift, though Pulumi cannot go on from it.
  if (refresh && onlyConflicts(said)) {
    const conflicts = said.filter((line) => !/error: preview failed|^ {2}pulumi:pulumi:Stack/.test(line));
    return { stack, same: false, lines: [...changes(all), ...conflicts.slice(0, shown)] };
  }
  return {
    stack,
    same: undefined,
    // Of a cluster that does not answer each resource says the same.
    lines: [`pulumi ${endOf(result)}`, ...[...new Set(said)].slice(0, shown)],
  };
}

/**
 * A text without the address of the backend: errors of a backend quote it, it may hold a password, and what
 * is kept here becomes a comment, where GitHub masks no secret.
 */
function withoutBackend(text: string, url: string | undefined): string {
  if (url === undefined || url === '') return text;
  const { password } = URL.canParse(url) ? new URL(url) : { password: '' };
  return [url, password, unescape(password)]
    .filter((secret) => secret !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, '(PULUMI_BACKEND_URL)'), text);
}

/** ` +  kubernetes:core/v1:Secret name create`, with or without the tree before the type. */
const step = /^\s*(\+|-|~|\+-|-\+|\+\+|--|<|>|=|>>|><)\s+[│├└─\s]*\S+:\S+\s+\S+\s+\w/;

/** `    16 unchanged`, of the counts at the end. */
const counts = /^ {4}([+~-]|\+-)? ?\d+ (to |unchanged)/m;

/** What a refresh writes of each resource, whether it differs or not. */
const refreshed = /\srefreshing\s|\srefresh\s+$/;

const changes = (output: string): string[] => [
  ...new Set(
    output
      .split('\n')
      // What follows a step's field is in the diagnostics, or nothing.
      .map((line) => line.replace(/(?<=\]); (error: .*|\d+ errors?)?$/, ''))
      .filter((line) => (step.test(line) && !refreshed.test(`${line} `)) || counts.test(line)),
  ),
];

/** From `Diagnostics:` on, as far as it is indented: what follows are outputs and policies. */
function diagnostics(output: string): string[] {
  const lines = output.split('\n');
  const from = lines.indexOf('Diagnostics:');
  if (from < 0) return lines.filter((line) => line.startsWith('error:')).slice(0, 20);
  const rest = lines.slice(from + 1);
  const end = rest.findIndex((line) => /^\S/.test(line));
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .filter((line) => line.trim() !== '' && !/^\s*warning:/.test(line));
}

/**
 * Whether Pulumi failed because a field has another owner than Pulumi, and for no other reason: what `kubectl
 * edit` or `scale` has set, the API server refuses to a server-side apply of anybody else.
 */
function onlyConflicts(said: readonly string[]): boolean {
  const errors = said
    .join('\n')
    .split(/^\s*error: /m)
    .slice(1)
    .filter((error) => !error.startsWith('preview failed'));
  // `Preview failed: 2 errors occurred:`, and each behind an asterisk.
  const causes = errors.flatMap((error) => {
    const [head = '', ...listed] = error.split(/^\s*\* /m);
    return listed.length > 0 ? listed : [head];
  });
  return causes.length > 0 && causes.every((cause) => cause.includes('Server-Side Apply field conflict'));
}
