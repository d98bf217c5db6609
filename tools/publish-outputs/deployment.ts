import { z } from 'zod';
import type { Selection } from './selection';

const object = z.record(z.string(), z.unknown());

/** A stack's state as `pulumi stack export` and `import` have it, as far as it is needed here. */
export const deployment = z.object({
  version: z.number(),
  deployment: z.object({
    manifest: object,
    /** What encrypts its secrets; whoever reads the stack opens it first. */
    secrets_providers: object.nullish(),
    resources: z.array(object).nullish(),
  }),
});

export type Deployment = z.infer<typeof deployment>;

/** How Pulumi marks a secret within a state; `plaintext` is encrypted when the state is imported. */
const secretSignature = {
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
} as const;

/**
 * The state of a stack that has outputs and nothing else. Without a secret in it no secrets provider is
 * recorded, so that nobody needs one to read it.
 *
 * @param before the stack's state as it is, whose secrets provider is kept where there are secrets
 */
export function outputsOnly(
  { project, stack }: { project: string; stack: string },
  before: Deployment,
  { plain, secret }: Selection,
): Deployment {
  const { manifest, secrets_providers } = before.deployment;
  const secrets = Object.entries(secret).map(([name, value]) => [
    name,
    { ...secretSignature, plaintext: JSON.stringify(value) },
  ]);
  const type = 'pulumi:pulumi:Stack';
  return {
    version: before.version,
    deployment: {
      manifest,
      ...(secrets.length > 0 && secrets_providers && { secrets_providers }),
      resources: [
        {
          urn: `urn:pulumi:${stack}::${project}::${type}::${project}-${stack}`,
          custom: false,
          type,
          outputs: { ...plain, ...(Object.fromEntries(secrets) as object) },
        },
      ],
    },
  };
}
