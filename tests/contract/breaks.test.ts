import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { breaks } from '../../contract/breaks';
import { contractVersion } from '../../contract/central';
import { promised } from '../../contract/promised';
import { schemas, type OutputSchema } from '../../contract/schema';

describe('the outputs of now', () => {
  it.each(Object.entries(schemas()))('%s keeps what was released', (file, schema) => {
    const path = join(__dirname, '../../contract/released', file);
    const released = JSON.parse(readFileSync(path, 'utf8')) as OutputSchema;
    expect(breaks(file.replace('.schema.json', ''), released, schema)).toEqual([]);
  });

  it('each say since which contract version they are there, what they mean, and whether they are secret', () => {
    for (const { properties = {} } of Object.values(schemas())) {
      for (const [name, { 'x-since': since, 'x-secret': secret, description }] of Object.entries(
        properties,
      )) {
        expect([name, since, typeof secret, typeof description]).toEqual([
          name,
          expect.any(Number),
          'boolean',
          'string',
        ]);
        expect(since).toBeLessThanOrEqual(contractVersion);
      }
    }
  });
});

const terms = { since: 2, meaning: 'any' };
const released = {
  contractVersion: promised(z.literal(3), { since: 1, meaning: 'version' }),
  url: promised(z.url(), terms),
  names: promised(z.array(z.string()), terms),
  sizes: promised(z.record(z.string(), z.int()), terms),
  ring: promised(z.object({ replicas: z.int(), kind: z.enum(['hash', 'ketama']) }), terms),
  end: promised(z.string().optional(), terms),
  login: promised(z.object({ user: z.string() }), { ...terms, secret: true }),
};
type Shape = Record<string, z.ZodType>;
const schema = (shape: Shape) => z.toJSONSchema(z.object(shape), { io: 'input' }) as OutputSchema;

const toDo =
  'Other teams rely on it. Keep it and add another output beside it; or, if it must be, raise contractVersion in ' +
  'contract/central.ts to 4, tell them in CHANGELOG.md, and run npm run contract -- --release.';

/** What is said of the released outputs with these in their place. */
const said = (change: Shape) => breaks('central', schema(released), schema({ ...released, ...change }));

describe('a promise that is broken', () => {
  const ring = z.object({ replicas: z.int(), kind: z.enum(['hash', 'ketama']) });

  it.each<[string, Shape, string]>([
    [
      'its type',
      { url: promised(z.int(), terms) },
      'Output url of central stacks: a string since contract version 2, now an integer.',
    ],
    [
      'its format',
      { url: promised(z.string(), terms) },
      'Output url of central stacks: {"format":"uri"} since contract version 2, now {}.',
    ],
    [
      'its secrecy, to plain',
      { login: promised(z.object({ user: z.string() }), terms) },
      'Output login of central stacks: a secret since contract version 2, now plain.',
    ],
    [
      'its secrecy, to secret',
      { url: promised(z.url(), { ...terms, secret: true }) },
      'Output url of central stacks: plain since contract version 2, now a secret.',
    ],
    [
      'that it is always there',
      { url: promised(z.url().optional(), terms) },
      'Output url of central stacks: always there since contract version 2, now it may be absent.',
    ],
    [
      'a key of it',
      { ring: promised(ring.omit({ replicas: true }), terms) },
      'Output ring.replicas of central stacks: an integer was promised since contract version 2, now it is gone.',
    ],
    [
      'that a key of it is always there',
      { ring: promised(ring.partial({ replicas: true }), terms) },
      'Output ring.replicas of central stacks: always there since contract version 2, now it may be absent.',
    ],
    [
      'the values of a key of it',
      { ring: promised(ring.extend({ kind: z.enum(['hash', 'ketama', 'none']) }), terms) },
      'Output ring.kind of central stacks: one of "hash", "ketama" since contract version 2, now also "none".',
    ],
    [
      'its elements',
      { names: promised(z.array(z.int()), terms) },
      'Output names[] of central stacks: a string since contract version 2, now an integer.',
    ],
    [
      'its entries',
      { sizes: promised(z.record(z.string(), z.string()), terms) },
      'Output sizes.* of central stacks: an integer since contract version 2, now a string.',
    ],
  ])('is refused when an output changes %s', (_, change, message) => {
    expect(said(change)).toEqual([`${message} ${toDo}`]);
  });

  it('is refused when an output is gone, and all that are gone are told', () => {
    const { url, names, ...rest } = released;
    expect([url, names]).toHaveLength(2);
    expect(breaks('central', schema(released), schema(rest))).toEqual([
      `Output url of central stacks: a string was promised since contract version 2, now it is gone. ${toDo}`,
      `Output names of central stacks: an array was promised since contract version 2, now it is gone. ${toDo}`,
    ]);
  });

  it('is refused when the version is older than the released one', () => {
    expect(said({ contractVersion: promised(z.literal(2), terms) })).toEqual([
      'Contract version 2 of central outputs is older than the released one, 3. Raise it.',
    ]);
  });
});

describe('what is allowed', () => {
  it.each<[string, Shape]>([
    ['nothing changed', {}],
    ['a new output', { more: promised(z.string(), terms) }],
    [
      'a new key of an output',
      {
        ring: promised(
          z.object({ replicas: z.int(), kind: z.enum(['hash', 'ketama']), more: z.int() }),
          terms,
        ),
      },
    ],
    ['an optional output that is always there now', { end: promised(z.string(), terms) }],
    ['fewer values', { ring: promised(z.object({ replicas: z.int(), kind: z.enum(['ketama']) }), terms) }],
    ['a narrower format', { names: promised(z.array(z.url()), terms) }],
    ['other words', { url: promised(z.url(), { since: 2, meaning: 'said better' }) }],
    [
      'any break under a raised version',
      { contractVersion: promised(z.literal(4), terms), url: promised(z.int(), terms) },
    ],
  ])('%s', (_, change) => {
    expect(said(change)).toEqual([]);
  });
});
