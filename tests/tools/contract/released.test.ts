import { schemas } from '../../../contract/schema';
import { releasedSchema } from '../../../tools/contract/released';
import { checkedJson } from '../../../tools/json';

const read = (text: string) => checkedJson('contract/released/a.json', releasedSchema, text, 'Restore it.');

describe('a schema that was released', () => {
  it.each(Object.entries(schemas()))('%s is read as it was written', (_, schema) => {
    expect(read(JSON.stringify(schema))).toEqual(schema);
  });

  it.each([
    ['{"a', ': found 3 characters that are no JSON. Restore it.'],
    ['', ': found nothing; needed is JSON. Restore it.'],
    ['[]', ': not what is needed (Invalid input: expected object, received array). Restore it.'],
    ['{}', ': not what is needed (`properties.contractVersion.const` is no number). Restore it.'],
    [
      '{"properties":{"contractVersion":{"const":1},"a":3}}',
      ': not what is needed (properties.a: Invalid input: expected object, received number). Restore it.',
    ],
    [
      '{"properties":{"contractVersion":{"const":1}},"required":"a"}',
      ': not what is needed (required: Invalid input: expected array, received string). Restore it.',
    ],
  ])('is refused without a trace where it is broken: %j', (text, message) => {
    expect(() => read(text)).toThrow(`contract/released/a.json${message}`);
  });
});
