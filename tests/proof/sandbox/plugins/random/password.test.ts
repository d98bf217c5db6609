import bcryptjs from 'bcryptjs';
import fc from 'fast-check';
import {
  type PasswordInputs,
  generatePassword,
  password,
} from '../../../../../proof/sandbox/plugins/random/password';
import { diff, withDefaults } from '../../../../../proof/sandbox/plugins/resource-kind';

const defaultInputs = withDefaults(password, { length: 32 }) as unknown as PasswordInputs;

describe('random.RandomPassword', () => {
  it('has the asked length, alphabet and number of each class', () => {
    const count = fc.nat({ max: 5 });
    fc.assert(
      fc.property(count, count, count, fc.integer({ min: 15, max: 80 }), (lower, upper, digits, length) => {
        const text = generatePassword({
          ...defaultInputs,
          length,
          special: false,
          minLower: lower,
          minUpper: upper,
          minNumeric: digits,
        });
        expect(text).toMatch(/^[A-Za-z0-9]+$/);
        expect(text).toHaveLength(length);
        expect(text.replace(/[^a-z]/g, '').length).toBeGreaterThanOrEqual(lower);
        expect(text.replace(/[^A-Z]/g, '').length).toBeGreaterThanOrEqual(upper);
        expect(text.replace(/[^0-9]/g, '').length).toBeGreaterThanOrEqual(digits);
      }),
    );
  });

  it('takes special characters from overrideSpecial alone', () => {
    const text = generatePassword({ ...defaultInputs, length: 40, overrideSpecial: '_', minSpecial: 40 });
    expect(text).toBe('_'.repeat(40));
  });

  it('gives result, its bcrypt hash as Go writes it, the defaults, and the id "none"', async () => {
    const { id, outputs } = await password.create(defaultInputs);
    expect(id).toBe('none');
    expect(outputs.bcryptHash).toMatch(/^\$2a\$10\$.{53}$/);
    expect(await bcryptjs.compare(outputs.result, outputs.bcryptHash)).toBe(true);
    expect(outputs).toMatchObject({
      length: 32,
      special: true,
      upper: true,
      lower: true,
      numeric: true,
      number: true,
      minUpper: 0,
    });
  });

  it.each([
    ['its length', { length: 33 }],
    ['the alphabet', { length: 32, special: false }],
    ['a keeper', { length: 32, keepers: { rotation: '2' } }],
    ['no keepers any more', { length: 32, keepers: undefined }],
  ])('is made again for %s', (_what, news) => {
    const state = { ...defaultInputs, keepers: { rotation: '1' } };
    expect(diff(password, state, { keepers: state.keepers, ...news }).replaced).toHaveLength(1);
  });

  it.each([
    [{ length: 0 }, 'length', 'Attribute length value must be at least 1, got: 0'],
    [
      { length: 2, minUpper: 2, minSpecial: 1 },
      'length',
      'Attribute length value must be at least sum of min_upper + min_lower + min_numeric + min_special, got: 2',
    ],
    [
      { length: 8, special: false, upper: false, lower: false, numeric: false },
      'special',
      'At least one attribute out of [special,upper,lower,numeric] must be specified as true',
    ],
  ])('refuses %j', (inputs, property, text) => {
    expect(password.check?.(inputs)).toEqual([{ property, text }]);
  });
});
