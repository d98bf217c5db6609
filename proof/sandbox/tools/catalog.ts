import { kubernetesVersion, pluginVersion, pulumiVersion } from './versions';

export interface Tool {
  name: string;
  /** Go module of its source, as it stands in the go.mod of `folder`. */
  module: string;
  /** Main package of the source. */
  package: string;
  /**
   * Folder beside this file whose go.mod and go.sum pin what is built. Tools of one folder are built
   * together.
   */
  folder: 'go' | 'prometheus' | 'pulumi-resource-kubernetes' | 'pulumi-language-nodejs';
  /** Build tags, which its main package knows. */
  tags?: readonly string[];
  /** Package variables that the linker sets, such as a version. */
  set?: Readonly<Record<string, string>>;
  /**
   * Files that its module has only after a build of another kind: what stands in them instead, by path in the
   * module.
   */
  lacks?: Readonly<Record<string, string>>;
  /** How a program of this name on PATH is told from another, and from one that is too old. */
  onPath?: {
    args: readonly string[];
    /** Matches what the tool prints; the group is its version, absent in builds that know none. */
    version: RegExp;
    /** Oldest version that serves here. */
    least: string;
  };
  /** Megabytes of Go source that must be compiled for it and for none of the tools before it (README). */
  sourceMegabytes: number;
}

const kubernetes = (name: string, sourceMegabytes: number, onPath: Partial<Tool['onPath']> = {}): Tool => ({
  name,
  module: 'k8s.io/kubernetes',
  package: `k8s.io/kubernetes/cmd/${name}`,
  folder: 'go',
  // kwokctl chooses flags by this version, and clients print it; a build from a module knows none.
  set: {
    'k8s.io/component-base/version.gitVersion': `v${kubernetesVersion}`,
    'k8s.io/component-base/version.gitMajor': kubernetesVersion.split('.')[0] ?? '',
    'k8s.io/component-base/version.gitMinor': kubernetesVersion.split('.')[1] ?? '',
  },
  // Two minor versions back: what upstream still supported when 1.36 came.
  onPath: { args: ['--version'], version: /^Kubernetes v(\S+)/, least: '1.34.0', ...onPath },
  sourceMegabytes,
});

const kwok = (name: string, sourceMegabytes: number): Tool => ({
  name,
  module: 'sigs.k8s.io/kwok',
  package: `sigs.k8s.io/kwok/cmd/${name}`,
  folder: 'go',
  // 0.8 is the first that knows the format of cluster/stages.yaml that is used here.
  onPath: { args: ['--version'], version: /version v?(\d\S+)/, least: '0.8.0' },
  sourceMegabytes,
});

/** What the sandbox runs besides Node and the provider plugins, in the order in which a build makes them. */
export const tools: readonly Tool[] = [
  {
    name: 'etcd',
    module: 'go.etcd.io/etcd/server/v3',
    package: 'go.etcd.io/etcd/server/v3',
    folder: 'go',
    onPath: { args: ['--version'], version: /^etcd Version: (\S+)/, least: '3.5.0' },
    sourceMegabytes: 28.4,
  },
  kubernetes('kube-apiserver', 58.6),
  kubernetes('kube-controller-manager', 9.4),
  kubernetes('kube-scheduler', 0.1),
  kubernetes('kubectl', 5.1, { args: ['version', '--client'], version: /Client Version: v(\S+)/ }),
  kwok('kwok', 2.9),
  kwok('kwokctl', 1.8),
  {
    name: 'pulumi',
    module: 'github.com/pulumi/pulumi/pkg/v3',
    package: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
    folder: 'go',
    // Providers and programs ask the engine for its version and refuse one of 0.
    set: { 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version': `v${pulumiVersion}` },
    // The oldest that was tried with this SDK.
    onPath: { args: ['version'], version: /^v(3\.\S+)/, least: pulumiVersion },
    sourceMegabytes: 63.7,
  },
  {
    name: 'minio',
    module: 'github.com/minio/minio',
    package: 'github.com/minio/minio',
    folder: 'go',
    // A build from source says DEVELOPMENT in the place of its date.
    onPath: { args: ['--version'], version: /^minio version (?:RELEASE\.(\S+)|\S+)/, least: '2024-01-01' },
    sourceMegabytes: 28.7,
  },
  {
    name: 'mc',
    module: 'github.com/minio/mc',
    package: 'github.com/minio/mc',
    folder: 'go',
    // Midnight Commander has the same name. `mc admin policy attach` came in March 2023.
    onPath: { args: ['--version'], version: /^mc version (?:RELEASE\.(\S+)|\S+)/, least: '2023-03-20' },
    sourceMegabytes: 0,
  },
  {
    name: 'pulumi-language-nodejs',
    module: 'github.com/pulumi/pulumi/sdk/v3',
    package: 'github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs',
    folder: 'pulumi-language-nodejs',
    sourceMegabytes: 2.6,
  },
];

/** Built only where the released plugin cannot be had. */
export const kubernetesPlugin: Tool = {
  name: 'pulumi-resource-kubernetes',
  module: 'github.com/pulumi/pulumi-kubernetes/provider/v4',
  package: '.',
  folder: 'pulumi-resource-kubernetes',
  // The release nearest to the commit that go.mod pins, the newest to be had as a module: upstream sets the
  // same.
  set: { 'github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version': pluginVersion },
  sourceMegabytes: 34.3,
};

const prometheus = (project: 'alertmanager' | 'prometheus', name: string, onPath: string): Tool => ({
  name,
  module: `github.com/prometheus/${project}`,
  package: `github.com/prometheus/${project}/cmd/${name}`,
  folder: 'prometheus',
  // Service discovery is most of its source, the clients of a dozen clouds, and a test of rules discovers
  // nothing.
  tags: ['remove_all_sd'],
  onPath: { args: ['--version'], version: new RegExp(`^${name}, version (\\d\\S*)`), least: onPath },
  sourceMegabytes: 0,
});

/**
 * What `npm run rules` asks about rules and routes: the versions that are deployed, and on PATH none that is
 * older, since an older one knows fewer fields.
 */
export const ruleTools: readonly Tool[] = [
  prometheus('alertmanager', 'amtool', '0.34.0'),
  {
    ...prometheus('alertmanager', 'alertmanager', '0.34.0'),
    // Upstream makes its web interface by npm before it builds, and the module has none of it.
    lacks: { 'ui/app/dist/index.html': '<!doctype html><title>Alertmanager</title>built without its pages' },
  },
  prometheus('prometheus', 'promtool', '3.14.0'),
];

/** Every tool that the lock file names. */
export const lockedTools: readonly Tool[] = [...tools, ...ruleTools];
