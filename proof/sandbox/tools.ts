import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { run } from './command';
import { builtTools, repository, toolLinks } from './paths';

export interface Tool {
  name: string;
  /** Folder under sandbox/tools whose go.mod and go.sum pin what is built. */
  folder: string;
  /** Go module of the tool, as it stands in that go.mod. */
  module: string;
  /** Main package, `.` for the folder's own. */
  package: string;
  /** Package variables set by the linker, such as a version. */
  set?: Readonly<Record<string, string>>;
  /** Tells the tool from another program of its name, and an old one from one that serves here. */
  probe?: { args: readonly string[]; answer: RegExp };
}

const kubernetes = (name: string, probe: Tool['probe']): Tool => ({
  name,
  folder: 'kubernetes',
  module: 'k8s.io/kubernetes',
  package: `k8s.io/kubernetes/cmd/${name}`,
  // kwokctl chooses flags by this version, and clients print it; a build from a module knows none.
  set: {
    'k8s.io/component-base/version.gitVersion': 'v1.36.1',
    'k8s.io/component-base/version.gitMajor': '1',
    'k8s.io/component-base/version.gitMinor': '36',
  },
  ...(probe && { probe }),
});

const kubernetesVersion = { args: ['--version'], answer: /^Kubernetes v1\./ };

const kwok = (name: string): Tool => ({
  name,
  folder: 'kwok',
  module: 'sigs.k8s.io/kwok',
  package: `sigs.k8s.io/kwok/cmd/${name}`,
  probe: { args: ['--version'], answer: /version v0\.([89]|\d\d)/ },
});

/** Built only where the released plugin cannot be had. */
export const kubernetesPlugin: Tool = {
  name: 'pulumi-resource-kubernetes',
  folder: 'pulumi-resource-kubernetes',
  module: 'github.com/pulumi/pulumi-kubernetes/provider/v4',
  package: '.',
};

export const tools: readonly Tool[] = [
  {
    name: 'etcd',
    folder: 'etcd',
    module: 'go.etcd.io/etcd/server/v3',
    package: 'go.etcd.io/etcd/server/v3',
    probe: { args: ['--version'], answer: /^etcd Version: 3\.[5-9]/ },
  },
  kubernetes('kube-apiserver', kubernetesVersion),
  kubernetes('kube-controller-manager', kubernetesVersion),
  kubernetes('kube-scheduler', kubernetesVersion),
  kubernetes('kubectl', { args: ['version', '--client'], answer: /Client Version: v1\./ }),
  kwok('kwok'),
  kwok('kwokctl'),
  {
    name: 'minio',
    folder: 'minio',
    module: 'github.com/minio/minio',
    package: 'github.com/minio/minio',
    probe: { args: ['--version'], answer: /^minio version/ },
  },
  {
    name: 'mc',
    folder: 'mc',
    module: 'github.com/minio/mc',
    package: 'github.com/minio/mc',
    // Midnight Commander has the same name.
    probe: { args: ['--version'], answer: /MinIO/i },
  },
  {
    name: 'pulumi',
    folder: 'pulumi',
    module: 'github.com/pulumi/pulumi/pkg/v3',
    package: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
    // Providers and programs ask the engine for its version and refuse one of 0.
    set: { 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version': 'v3.259.0' },
    probe: { args: ['version'], answer: /^v3\.\d{3}/ },
  },
  {
    name: 'pulumi-language-nodejs',
    folder: 'pulumi-language-nodejs',
    module: 'github.com/pulumi/pulumi/sdk/v3',
    package: 'github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs',
  },
];

/**
 * Finds a tool on PATH or builds it, and links it into the sandbox's own folder on PATH.
 *
 * @returns where it comes from, for people
 * @throws Error that says what to install when Go is needed and missing; CommandError when the build fails
 */
export async function provide(tool: Tool): Promise<string> {
  const found = await onPath(tool);
  if (found !== undefined) {
    linkTool(tool.name, found);
    return found;
  }
  const { version, key } = pinned(tool);
  const fresh = builtEarlier(tool);
  if (!fresh) {
    await build(tool);
    writeFileSync(keyFile(tool), key);
  }
  linkTool(tool.name, target(tool));
  return `${version}, ${fresh ? 'built earlier' : 'built'}`;
}

/** Whether no tool would have to be built. */
export async function allProvided(): Promise<boolean> {
  const there = await Promise.all(
    tools.map(async (tool) => builtEarlier(tool) || (await onPath(tool)) !== undefined),
  );
  return there.every(Boolean);
}

const target = (tool: Tool) => join(builtTools, tool.name);
const keyFile = (tool: Tool) => join(builtTools, `.${tool.name}.key`);

const builtEarlier = (tool: Tool): boolean =>
  existsSync(target(tool)) &&
  existsSync(keyFile(tool)) &&
  readFileSync(keyFile(tool), 'utf8') === pinned(tool).key;

/** Puts an executable on the sandbox's PATH under a name. */
export function linkTool(name: string, target: string): void {
  mkdirSync(toolLinks, { recursive: true, mode: 0o700 });
  rmSync(join(toolLinks, name), { force: true });
  symlinkSync(target, join(toolLinks, name));
}

/** The first executable of that name on PATH that passes the tool's probe. */
export async function onPath({ name, probe }: Pick<Tool, 'name' | 'probe'>): Promise<string | undefined> {
  // npm puts node_modules/.bin first; the launchers there download what they launch.
  const folders = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((f) => f !== '' && f !== toolLinks && !f.includes('node_modules'));
  for (const file of folders.map((folder) => join(folder, name)).filter(executable)) {
    if (probe === undefined) return file;
    const { stdout } = await execa(file, probe.args, { reject: false, timeout: 20_000, stdin: 'ignore' });
    if (probe.answer.test(stdout)) return file;
  }
  return undefined;
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The version that go.mod pins, and a key that changes with anything the build depends on. */
function pinned(tool: Tool): { version: string; key: string } {
  const folder = join(repository, 'proof', 'sandbox', 'tools', tool.folder);
  const hash = createHash('sha256').update(JSON.stringify([tool.package, tool.set ?? {}]));
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)));
  const requirement = new RegExp(`^(?:require)?\\s+${tool.module} (v\\S+)`, 'm');
  const version = requirement.exec(readFileSync(join(folder, 'go.mod'), 'utf8'))?.[1];
  if (version === undefined)
    throw new Error(`sandbox/tools/${tool.folder}/go.mod does not require ${tool.module}`);
  return { version, key: hash.digest('hex') };
}

async function build(tool: Tool): Promise<void> {
  if ((await onPath({ name: 'go' })) === undefined) {
    throw new Error(
      `${tool.name} is not on PATH, and building it needs Go. Install Go 1.21 or newer (https://go.dev/dl; ` +
        'it fetches the exact version by itself) and put it on PATH, then run the same command again.',
    );
  }
  mkdirSync(builtTools, { recursive: true });
  const unfinished = join(builtTools, `.${tool.name}.new`);
  const variables = Object.entries(tool.set ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const flags = [
    '-mod=readonly',
    '-trimpath',
    '-buildvcs=false',
    '-ldflags',
    ['-s -w', ...variables].join(' '),
  ];
  await run('go', ['build', ...flags, '-o', unfinished, tool.package], {
    cwd: join(repository, 'proof', 'sandbox', 'tools', tool.folder),
    env: { CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' },
    log: `build-${tool.name}`,
  });
  renameSync(unfinished, target(tool));
}
