import { randomBytes, randomInt } from 'node:crypto';
import { type CheckFailure, type ResourceKind } from '../resource-kind';

const lowerCase = 'abcdefghijklmnopqrstuvwxyz';
const upperCase = lowerCase.toUpperCase();
const digits = '0123456789';
/** The real provider's special characters: some of them need quoting in URLs and YAML. */
const specialCharacters = '!@#$%&*()-_=+[]{}<>:?';

/** bcrypt reads no more than this many bytes of a password. */
const bcryptMaxBytes = 72;
const bcryptRounds = 10;

export interface PasswordInputs {
  readonly length: number;
  readonly keepers?: Readonly<Record<string, string>>;
  readonly lower: boolean;
  readonly upper: boolean;
  readonly numeric: boolean;
  readonly special: boolean;
  readonly minLower: number;
  readonly minUpper: number;
  readonly minNumeric: number;
  readonly minSpecial: number;
  readonly overrideSpecial?: string;
}

export interface PasswordOutputs {
  readonly result: string;
  /** `$2a$10$…` of `result`. */
  readonly bcryptHash: string;
  /** The old name of `numeric`. */
  readonly number: boolean;
}

function pick(alphabet: string): string {
  return alphabet.charAt(randomInt(alphabet.length));
}

/** A password with at least the asked number of each class, in random order. */
export function generatePassword(inputs: PasswordInputs): string {
  const special = inputs.overrideSpecial ?? specialCharacters;
  const classes = [
    { on: inputs.lower, alphabet: lowerCase, min: inputs.minLower },
    { on: inputs.upper, alphabet: upperCase, min: inputs.minUpper },
    { on: inputs.numeric, alphabet: digits, min: inputs.minNumeric },
    { on: inputs.special, alphabet: special, min: inputs.minSpecial },
  ];
  const every = classes.map(({ on, alphabet }) => (on ? alphabet : '')).join('');
  const characters = classes.flatMap(({ alphabet, min }) =>
    Array.from({ length: min }, () => pick(alphabet)),
  );
  while (characters.length < inputs.length) characters.push(pick(every));
  // Fisher-Yates, or the first characters would tell their class.
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters.join('');
}

/** bcrypt with the version mark that Go writes; bcryptjs would write `$2b$`, which is the same algorithm. */
export async function bcrypt(password: string): Promise<string> {
  const { default: bcryptjs } = await import('bcryptjs');
  const salt = bcryptjs.encodeBase64(randomBytes(16), 16);
  const read = Buffer.from(password).subarray(0, bcryptMaxBytes).toString();
  return bcryptjs.hash(read, `$2a$${String(bcryptRounds)}$${salt}`);
}

function check({ length, ...known }: Partial<PasswordInputs>): CheckFailure[] {
  const failures: CheckFailure[] = [];
  if (length !== undefined && length < 1) {
    failures.push({
      property: 'length',
      text: `Attribute length value must be at least 1, got: ${String(length)}`,
    });
  }
  const { minUpper = 0, minLower = 0, minNumeric = 0, minSpecial = 0 } = known;
  if (length !== undefined && length >= 1 && length < minUpper + minLower + minNumeric + minSpecial) {
    const sum = 'sum of min_upper + min_lower + min_numeric + min_special';
    failures.push({
      property: 'length',
      text: `Attribute length value must be at least ${sum}, got: ${String(length)}`,
    });
  }
  if ([known.special, known.upper, known.lower, known.numeric].every((on) => on === false)) {
    failures.push({
      property: 'special',
      text: 'At least one attribute out of [special,upper,lower,numeric] must be specified as true',
    });
  }
  return failures;
}

/** `random.RandomPassword`: made once, kept in the state, made again when any input changes. */
export const password: ResourceKind<PasswordInputs, PasswordOutputs> = {
  inputs: {
    length: { onChange: 'replace' },
    keepers: { onChange: 'replace' },
    lower: { onChange: 'replace', default: true },
    upper: { onChange: 'replace', default: true },
    numeric: { onChange: 'replace', default: true },
    special: { onChange: 'replace', default: true },
    minLower: { onChange: 'replace', default: 0 },
    minUpper: { onChange: 'replace', default: 0 },
    minNumeric: { onChange: 'replace', default: 0 },
    minSpecial: { onChange: 'replace', default: 0 },
    overrideSpecial: { onChange: 'replace' },
  },
  computed: ['result', 'bcryptHash', 'number'],
  check,
  async create(inputs) {
    const result = generatePassword(inputs);
    // The real provider gives every instance this id: it is no name and no key.
    return {
      id: 'none',
      outputs: { ...inputs, number: inputs.numeric, result, bcryptHash: await bcrypt(result) },
    };
  },
};
