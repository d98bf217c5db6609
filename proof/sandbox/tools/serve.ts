/**
 * Serves programs that stand in a folder under the addresses of the lock file, and provides the tools from
 * there into an empty cache: what a first `npm run sandbox` downloads, without the network's share of the
 * time.
 *
 *     npx tsx proof/sandbox/tools/serve.ts FOLDER
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { execa } from 'execa';
import { repository } from '../paths';
import { releases, sdkVersion } from '../plugins';
import { lockedTools, tools } from './catalog';
import { isArchive } from './archive';
import { type Download, type Lock, lockFile, readLock } from './lock';
import { thisPlatform } from './supply';

const below = (root: string, address: string) => join(root, address.replace('https://', ''));

/** Lays the programs out as upstream does, and gives the lock file the sums that they have. */
async function layOut(programs: string, root: string): Promise<Lock> {
  const lock = readLock(
    lockFile(),
    lockedTools.map(({ name }) => name),
  );
  const offered = lock.tools.flatMap(({ tool, platforms }) => {
    if (!tools.some(({ name }) => name === tool)) return [];
    const place = platforms[thisPlatform];
    return place && 'address' in place ? [{ tool, place }] : [];
  });
  for (const { tool, place } of offered) {
    const program = join(programs, tool);
    if (!existsSync(program))
      throw new Error(`${programs} has no ${tool}. Build it: SANDBOX_TOOLS=build npm run sandbox -- tools`);
    const unpacked =
      place.file === undefined ? below(root, place.address) : join(archiveFolder(root, place), place.file);
    mkdirSync(dirname(unpacked), { recursive: true });
    copyFileSync(program, unpacked);
  }
  const archives = new Set(offered.filter(({ place }) => isArchive(place.address)).map(({ place }) => place));
  for (const place of archives) {
    mkdirSync(dirname(below(root, place.address)), { recursive: true });
    await execa('tar', ['-czf', below(root, place.address), '-C', archiveFolder(root, place), '.']);
  }
  for (const { place } of offered) {
    place.sha256 = createHash('sha256')
      .update(readFileSync(below(root, place.address)))
      .digest('hex');
  }
  return lock;
}

/** Lays the Kubernetes provider out where `pulumi plugin install` looks for the SDK's version. */
async function layOutPlugin(programs: string, root: string): Promise<void> {
  const name = 'pulumi-resource-kubernetes';
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const archive = `${name}-v${sdkVersion('kubernetes')}-${process.platform}-${arch}.tar.gz`;
  mkdirSync(below(root, releases), { recursive: true });
  await execa('tar', ['-czf', join(below(root, releases), archive), '-C', programs, name]);
}

const archiveFolder = (root: string, { address }: Download) => `${below(root, address)}.d`;

async function main(): Promise<void> {
  const [programs] = process.argv.slice(2);
  if (programs === undefined) throw new Error('usage: npx tsx proof/sandbox/tools/serve.ts FOLDER');
  const work = mkdtempSync(join(tmpdir(), 'sandbox-served-'));
  const server = createServer((request, response) => {
    const file = join(work, 'upstream', normalize(`/${request.url ?? ''}`));
    // Also what the probe of the hosts asks for, a folder here: any status is an answer.
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found?.isFile()) return response.writeHead(404).end();
    // Pulumi refuses a plugin whose length is not said before.
    response.setHeader('content-length', found.size);
    return createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
  });
  try {
    const lock = await layOut(programs, join(work, 'upstream'));
    await layOutPlugin(programs, join(work, 'upstream'));
    writeFileSync(join(work, 'tools.lock.json'), JSON.stringify(lock));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const began = Date.now();
    await execa('npm', ['run', '--silent', 'sandbox', '--', 'tools'], {
      cwd: repository,
      stdio: 'inherit',
      env: {
        SANDBOX_TOOLS: 'download',
        SANDBOX_TOOLS_MIRROR: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        SANDBOX_TOOLS_LOCK: join(work, 'tools.lock.json'),
        XDG_CACHE_HOME: join(work, 'cache'),
        PULUMI_HOME: join(work, 'pulumi'),
      },
    });
    console.log(`all tools from an empty cache in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  } finally {
    server.close();
    rmSync(work, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
