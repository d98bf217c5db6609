import type { z } from 'zod';

declare module 'zod' {
  interface GlobalMeta {
    /** Contract version since which an output is promised. */
    'x-since'?: number;
    /** Whether an output is a Pulumi secret. */
    'x-secret'?: boolean;
  }
}

/** What the contract says of an output besides its shape; the JSON Schemas carry all of it. */
interface Terms {
  /** Contract version since which it is there. */
  since: number;
  /** Whether Pulumi encrypts it in the state, for those who hold the key of the stack; by default not. */
  secret?: boolean;
  /** What it says, and in which unit. */
  meaning: string;
}

/** An output with its terms as data: documentation, JSON Schemas and their comparison are made from them. */
export const promised = <S extends z.ZodType>(schema: S, { since, secret = false, meaning }: Terms): S =>
  schema.meta({ 'x-since': since, 'x-secret': secret, description: meaning });
