import fc from 'fast-check';
import { countSlots, slotOf, slotSeconds, type Scrape } from '../../../proof/drills/slots';

const copy = (series: string, slots: readonly number[], replica = 'a') => ({
  metric: { __name__: 'numbered_scrape', series, prometheus_replica: replica },
  values: slots.map((slot): [number, string] => [slot * slotSeconds, String(slot)]),
});

const scrapes = (slots: readonly number[], agent = '10.0.0.1'): Scrape[] =>
  slots.map((slot) => ({ agent, slot }));

describe('the time slots that an edge scraped', () => {
  it('are all found where every series of each is in the answer', () => {
    const answer = [copy('0', [1, 2, 3]), copy('1', [1, 2, 3])];
    expect(countSlots(scrapes([1, 2, 3]), answer, 2, 1, 4)).toEqual({ sent: 6, found: 6, missing: [] });
  });

  it('lack what no copy has, and are named', () => {
    const answer = [copy('0', [1, 3]), copy('1', [1])];
    expect(countSlots(scrapes([3, 1, 2]), answer, 2, 1, 4)).toEqual({ sent: 6, found: 3, missing: [2, 3] });
  });

  it('are kept by either agent: a copy of one is enough, and two count once', () => {
    const both = [...scrapes([1, 2]), ...scrapes([2, 3], '10.0.0.2')];
    const answer = [copy('0', [1, 2]), copy('0', [2, 3], 'b')];
    expect(countSlots(both, answer, 1, 1, 4)).toEqual({ sent: 3, found: 3, missing: [] });
  });

  it('count from the first that is asked for until before the last', () => {
    expect(countSlots(scrapes([1, 2, 3, 4]), [], 1, 2, 4)).toEqual({ sent: 2, found: 0, missing: [2, 3] });
  });

  it('are never more found than sent, and nothing is missing only where all is found', () => {
    const slots = fc.array(fc.integer({ min: 0, max: 30 }));
    fc.assert(
      fc.property(slots, slots, (scraped, answered) => {
        const { sent, found, missing } = countSlots(scrapes(scraped), [copy('0', answered)], 1, 0, 31);
        expect(found).toBeLessThanOrEqual(sent);
        expect(missing.length === 0).toBe(found === sent);
        expect(missing.length).toBe(sent - found);
      }),
    );
  });
});

it('a slot is as long as the target is scraped often', () => {
  expect([slotOf(0), slotOf(4999), slotOf(5000)]).toEqual([0, 0, 1]);
});
