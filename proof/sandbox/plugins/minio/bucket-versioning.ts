import { type ResourceKind } from '../resource-kind';
import { type Mc, serverAlias, fatal } from './mc';

interface VersioningConfiguration {
  readonly status: 'Enabled' | 'Suspended';
  readonly excludeFolders?: boolean;
  readonly excludedPrefixes?: readonly string[];
}

export interface BucketVersioningInputs {
  readonly bucket: string;
  readonly versioningConfiguration: VersioningConfiguration;
}

function written({ status }: VersioningConfiguration): VersioningConfiguration {
  return { status, excludeFolders: false, excludedPrefixes: [] };
}

function sameStatus(old: unknown, now: unknown): boolean {
  return (
    (old as VersioningConfiguration | undefined)?.status ===
    (now as VersioningConfiguration | undefined)?.status
  );
}

async function setStatus(mc: Mc, bucket: string, { status }: VersioningConfiguration): Promise<void> {
  const verb = status === 'Enabled' ? 'enable' : 'suspend';
  await mc(['version', verb, `${serverAlias}/${bucket}`]).catch((error: unknown) => {
    throw fatal('error putting bucket versioning configuration', bucket, error);
  });
}

/** `minio.S3BucketVersioning`; deleting it suspends versioning, which cannot be switched off. */
export function bucketVersioning(mc: Mc): ResourceKind<BucketVersioningInputs, object> {
  return {
    inputs: {
      bucket: { onChange: 'replace' },
      versioningConfiguration: { onChange: 'update', same: sameStatus },
    },
    computed: [],
    check: ({ versioningConfiguration: { status, excludeFolders = false, excludedPrefixes = [] } = {} }) => [
      ...(status === undefined || ['Enabled', 'Suspended'].includes(status)
        ? []
        : [
            {
              property: 'versioningConfiguration.status',
              text: `expected status to be one of ["Enabled" "Suspended"], got ${status}`,
            },
          ]),
      ...(excludeFolders || excludedPrefixes.length > 0
        ? [
            {
              property: 'versioningConfiguration',
              text: "the sandbox's minio plugin does not act on excluded folders and prefixes; install the real one",
            },
          ]
        : []),
    ],
    async create(inputs) {
      await setStatus(mc, inputs.bucket, inputs.versioningConfiguration);
      const versioningConfiguration = written(inputs.versioningConfiguration);
      return { id: inputs.bucket, outputs: { ...inputs, versioningConfiguration } };
    },
    async read(id, state) {
      const info = await mc(['version', 'info', `${serverAlias}/${id}`]).catch((error: unknown) => {
        throw fatal('failed to load bucket versioning', id, error);
      });
      const real = info as { versioning?: { status?: string } };
      const status = real.versioning?.status === 'Enabled' ? 'Enabled' : 'Suspended';
      return { ...state, versioningConfiguration: written({ status }) };
    },
    async update(id, state, inputs) {
      await setStatus(mc, id, inputs.versioningConfiguration);
      return { ...state, versioningConfiguration: written(inputs.versioningConfiguration) };
    },
    delete: (id) => setStatus(mc, id, { status: 'Suspended' }),
  };
}
