import { createHash } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';

/** What a pod template carries of the files that its pods read at their start: other content, another text. */
export const checksum = (content: string): string => createHash('sha256').update(content).digest('hex');

/**
 * The checksum of content that is a Pulumi secret, as a plain value.
 *
 * In a pod template a secret would hide the whole annotation from previews. Nobody finds the content by its hash as long
 * as it holds a generated key or password; never use this for a text that can be guessed.
 */
export const checksumOfSecret = (content: pulumi.Output<string>): pulumi.Output<string> =>
  pulumi.unsecret(content.apply(checksum));
