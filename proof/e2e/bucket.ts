import { execa } from 'execa';
import { Failure } from '../failure';

export interface BucketAccess {
  /** host:port */
  endpoint: string;
  insecure: boolean;
  user: string;
  password: string;
}

/** Contents of a block's meta.json, as far as the tests read it. */
export interface BlockMeta {
  ulid: string;
  /** Unix time in milliseconds; the block holds minTime ≤ t < maxTime. */
  minTime: number;
  maxTime: number;
  stats: { numSamples?: number; numSeries?: number };
  thanos: { labels: Record<string, string>; source: string };
}

/** Bucket through MinIO's client, with the credentials of one user. */
export class Bucket {
  constructor(
    readonly name: string,
    private readonly access: BucketAccess,
  ) {}

  /** Keys below a prefix. @throws Failure with the server's answer */
  async list(prefix = ''): Promise<string[]> {
    const lines = await this.mc(['ls', '--recursive', this.path(prefix)]);
    return lines.split('\n').flatMap((line) => {
      const { key, type } = (line ? JSON.parse(line) : {}) as { key?: string; type?: string };
      return key === undefined || type === 'folder' ? [] : [prefix + key];
    });
  }

  get(key: string): Promise<string> {
    return this.mc(['cat', this.path(key)], undefined, []);
  }

  async put(key: string, content: string): Promise<void> {
    await this.mc(['pipe', this.path(key)], content);
  }

  /** Copies one object inside the bucket. */
  async copy(from: string, to: string): Promise<void> {
    await this.mc(['cp', this.path(from), this.path(to)]);
  }

  /** Deletes without naming a version: where the bucket has versions, this leaves a marker. */
  async delete(key: string): Promise<void> {
    await this.mc(['rm', this.path(key)]);
  }

  /** Deletes what is below a prefix, with all its versions. */
  async purge(prefix: string): Promise<void> {
    await this.mc(['rm', '--recursive', '--force', '--versions', this.path(prefix)]);
  }

  /** Deletes the bucket with everything in it, if it is there. */
  async remove(): Promise<void> {
    await this.mc(['rb', '--force', this.path('')]).catch((error: unknown) => {
      if (!(error instanceof Failure && error.message.includes('does not exist'))) throw error;
    });
  }

  /** Every block that is completely uploaded. */
  async blocks(): Promise<BlockMeta[]> {
    // The meta.json is uploaded last.
    const metas = (await this.list()).filter((key) => /^[0-9A-Z]{26}\/meta\.json$/.test(key));
    return Promise.all(metas.map(async (key) => JSON.parse(await this.get(key)) as BlockMeta));
  }

  private path(key: string): string {
    return `e2e/${this.name}/${key}`;
  }

  private async mc(args: string[], input?: string, flags = ['--json']): Promise<string> {
    const { endpoint, insecure, user, password } = this.access;
    const result = await execa('mc', [...flags, ...args], {
      // No credential is ever on a command line.
      env: { MC_HOST_e2e: `${insecure ? 'http' : 'https'}://${user}:${password}@${endpoint}` },
      ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
      timeout: 60_000,
      reject: false,
    });
    if (result.exitCode === 0) return result.stdout;
    const said = `${result.stdout} ${result.stderr}`;
    const message = /"message":\s*"((?:[^"\\]|\\.)*)"(?![\s\S]*"message")/.exec(said)?.[1] ?? said.trim();
    throw new Failure(`mc ${args.slice(0, 1).join()}: ${message || (result.originalMessage ?? 'failed')}`);
  }
}
