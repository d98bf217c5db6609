import { createHash } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';

/** Hash of files that pods read only at their start, for the pod template: other content restarts them. */
export const checksum = (content: string): string => createHash('sha256').update(content).digest('hex');

/**
 * Checksum of content that is a Pulumi secret, as a plain value.
 *
 * As a secret it would hide the whole annotation from previews. The hash gives nothing away as long as the
 * content holds a generated key or password; never use this for a text that can be guessed.
 */
export const checksumOfSecret = (content: pulumi.Output<string>): pulumi.Output<string> =>
  pulumi.unsecret(content.apply(checksum));
