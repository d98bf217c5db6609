import { setTimeout as wait } from 'node:timers/promises';

/** Why something cannot be downloaded now; a build may take its place. */
export class Unavailable extends Error {
  override name = 'Unavailable';
}

/** Seconds without a byte after which a download is given up. */
export const stallSeconds = 20;

/** Seconds that the probe of all hosts takes at most. */
const probeSeconds = 3;

/** Where an address leads: itself, or below SANDBOX_TOOLS_MIRROR, as MIRROR/HOST/PATH. */
export function mirrored(address: string, mirror = process.env['SANDBOX_TOOLS_MIRROR']): string {
  if (mirror === undefined || mirror === '') return address;
  return `${mirror.replace(/\/+$/, '')}/${address.replace(/^https:\/\//, '')}`;
}

/**
 * Reads what stands at an address, chunk by chunk.
 *
 * @param seconds without a byte after which it is given up
 * @throws Unavailable with the address and the reason: unreachable, not 200, cut off, slow
 */
export async function* body(address: string, seconds = stallSeconds): AsyncGenerator<Uint8Array> {
  const url = mirrored(address);
  let answered = false;
  const stalled = new AbortController();
  const timer = setTimeout(() => {
    stalled.abort();
  }, seconds * 1000);
  try {
    const response = await fetch(url, { signal: stalled.signal });
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      throw new Unavailable(`${url} answers ${response.status}`);
    }
    answered = true;
    for await (const chunk of response.body) {
      timer.refresh();
      yield chunk;
    }
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    if (stalled.signal.aborted) throw new Unavailable(`${url} sent nothing for ${seconds} s`);
    throw new Unavailable(answered ? `${url} was cut off` : `${url}: ${reason(error)}`);
  } finally {
    clearTimeout(timer);
  }
}

/** The text at an address. @throws Unavailable */
export async function text(address: string, seconds?: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body(address, seconds)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Asks all hosts of the addresses at once, and waits for 3 s at most, so that a machine without a network
 * loses no more than that.
 *
 * @returns the addresses whose host answers, with whatever status
 */
export async function reachable(addresses: readonly string[], seconds = probeSeconds): Promise<Set<string>> {
  const host = (address: string) => new URL('/', mirrored(address)).href;
  const answered = new Set<string>();
  const given = new AbortController();
  const probes = [...new Set(addresses.map(host))].map(async (url) => {
    try {
      await fetch(url, { method: 'HEAD', redirect: 'manual', signal: given.signal });
      answered.add(url);
    } catch {
      // A host that does not answer is one of the two things asked for.
    }
  });
  // The name server may keep fetch from noticing the signal.
  await Promise.race([Promise.all(probes), wait(seconds * 1000, undefined, { ref: false })]);
  given.abort();
  return new Set(addresses.filter((address) => answered.has(host(address))));
}

/** fetch says "fetch failed" or "terminated" and hides the reason in the cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError) return cause.errors.map(reason).join(', ');
  return cause instanceof Error ? cause.message || error.message : error.message;
}
