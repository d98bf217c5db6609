import { drawingOf, type Asking } from '../../../tools/draw/ask';
import type { Answer } from '../../../tools/draw/answers';
import type { Dashboard, Panel, Target } from '../../../tools/draw/dashboard';

const number: Answer = { resultType: 'vector', result: [{ metric: {}, value: [60, '1'] }] };

/** A Query that notes what it is asked; it refuses whatever says `wrong`. */
function noted() {
  const asked: string[] = [];
  const answer = (what: string): Promise<Answer> => {
    asked.push(what);
    return what.includes('wrong') ? Promise.reject(new Error('422: no such thing')) : Promise.resolve(number);
  };
  const api: Asking['api'] = {
    instant: (expr, time) => answer(`${expr} @ ${time}`),
    range: (expr, { from, to }, step) => answer(`${expr} @ ${from} to ${to} by ${step}`),
    labelValues: (label, selector = '') => {
      asked.push(`${label} of ${selector}`);
      return Promise.resolve(['b', 'a']);
    },
  };
  return { asked, asking: { api, period: { from: 10, to: 3610 }, scrapeInterval: 30 } };
}

const panel = (...targets: Omit<Target, 'refId'>[]): Panel => ({
  id: 1,
  type: 'stat',
  gridPos: { x: 0, y: 0, w: 12, h: 4 },
  targets: targets.map((target, i) => ({ refId: 'AB'.charAt(i), ...target })),
});

const dashboard = (...panels: Panel[]): Dashboard => ({
  uid: 'u',
  title: 'Fleet',
  panels,
  templating: {
    list: [
      { name: 'cluster', query: 'label_values(up, cluster)', allValue: '.+' },
      { name: 'node', query: 'label_values(up{cluster=~"$cluster"}, node)', allValue: '.*' },
    ],
  },
});

describe('the questions of a dashboard', () => {
  it('are asked with what is chosen, a variable with those before it', async () => {
    const { asked, asking } = noted();
    const { choices } = await drawingOf(
      asking,
      dashboard(panel({ expr: 'a{cluster=~"$cluster",node=~"$node"}', instant: true })),
      1600,
      ['a'],
    );
    expect(asked).toEqual(['cluster of up', 'node of up{cluster=~"a"}', 'a{cluster=~"a",node=~".*"} @ 3610']);
    expect(choices.map(({ text }) => text)).toEqual(['a', 'All (a, b)']);
  });

  it('about a time are asked at whole steps, as wide as the panel is', async () => {
    const { asked, asking } = noted();
    await drawingOf(asking, dashboard(panel({ expr: 'rate(a[$__rate_interval])' })), 1600);
    expect(asked.at(-1)).toBe('rate(a[120s]) @ 0 to 3600 by 30');
  });

  it('that fail leave the others their answers', async () => {
    const { asking } = noted();
    const { panels } = await drawingOf(
      asking,
      dashboard(panel({ expr: 'wrong', instant: true }, { expr: 'a', instant: true, format: 'table' })),
      1600,
    );
    expect(panels[0]?.errors).toEqual(['A: 422: no such thing']);
    expect(panels[0]?.frames.map(({ refId, fields }) => [refId, ...fields.map(({ name }) => name)])).toEqual([
      ['B', 'Time', 'Value #B'],
    ]);
  });
});
