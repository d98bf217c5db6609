import { isScalar, type DocumentOptions, type ParseOptions, type ScalarTag, type SchemaOptions } from 'yaml';

/*
 * What a plain scalar of a stack file is to Pulumi, whose parser (yaml.v3 of Go) knows more numbers than YAML
 * 1.2 has, and dates. Where a table here and Pulumi disagree, `render` would show another stack than `up`
 * makes: tests/tools/render/pulumi-yaml.test.ts lists what `pulumi config --json` answered.
 */

/** Octal by a leading 0, binary, hexadecimal, and underscores anywhere. */
const whole = /^[-+]?(?:0[bB][01_]+|0[oO][0-7_]+|0[xX][\da-fA-F_]+|0[0-7_]*|[1-9][\d_]*)$/;

/** With 08 and 09, which are no octal numbers. */
const decimal = /^[-+]?(?:\.\d[\d_]*|\d[\d_]*(?:\.[\d_]*)?)(?:[eE][-+]?\d[\d_]*)?$/;

const int: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: whole,
  resolve: (text) => {
    const plain = text.replaceAll('_', '').toLowerCase();
    const sign = plain.startsWith('-') ? -1 : 1;
    const digits = plain.replace(/^[-+]/, '');
    const value = sign * Number(/^0[0-7]+$/.test(digits) ? `0o${digits}` : digits);
    // Wider than 64 bits, only a decimal number is one.
    return Math.abs(value) < 2 ** 64 || /^[1-9]/.test(digits) ? value : text;
  },
};

const float: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: decimal,
  resolve: (text) => {
    const value = Number(text.replaceAll('_', ''));
    return Number.isFinite(value) ? value : text;
  },
};

const dateAndTime =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ ]+)(\d\d?):(\d\d?):(\d\d?)(\.\d{1,9})?(Z|[-+]\d\d:\d\d)?)?$/;

/** A date is written out by Go, so that the text is another than the one that stands in the file. */
const timestamp: ScalarTag = {
  tag: 'tag:yaml.org,2002:timestamp',
  default: true,
  test: dateAndTime,
  resolve: (text) => {
    const [, year = '', month = '', day = '', ...time] = dateAndTime.exec(text) ?? [];
    const [hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = time;
    const two = (digits: string) => digits.padStart(2, '0');
    const date = `${year}-${two(month)}-${two(day)}`;
    const clock = [hour, minute, second].map(two).join(':');
    const read = new Date(`${date}T${clock}Z`);
    if (Number.isNaN(read.getTime()) || read.getUTCDate() !== Number(day)) return text;
    const offset = zone.replace(':', '');
    const tail = fraction.replace(/\.?0*$/, '');
    return `${date} ${clock}${tail} ${offset === 'Z' ? '+0000 UTC' : `${offset} ${offset}`}`;
  },
};

/** How `yaml` is to read a stack file. */
export const pulumiYaml: ParseOptions & DocumentOptions & SchemaOptions = {
  schema: 'core',
  merge: true,
  // Sets, ordered maps and binaries by a tag: nothing here has a use for them.
  resolveKnownTags: false,
  // Before YAML 1.2's own, of which .nan and .inf are left.
  customTags: (tags) => [timestamp, int, float, ...tags],
  // By what is written: 1 and "1" become one key.
  uniqueKeys: (a, b) => a === b || (isScalar(a) && isScalar(b) && a.source === b.source),
};
