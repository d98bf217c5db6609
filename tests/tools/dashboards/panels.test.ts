import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { rising, type PanelSpec } from '../../../tools/dashboards/panel';
import { barsPanel, curvePanel, numberPanel } from '../../../tools/dashboards/panels';
import { tablePanel } from '../../../tools/dashboards/table';

const spec: PanelSpec = {
  title: 'How full is it?',
  description: 'Used of its size.',
  unit: 'percentunit',
  thresholds: rising(0.8, 0.9),
  links: [{ title: 'More', url: '/d/more' }],
  width: 12,
};

/** What a query of a panel asks. */
const asked = (legend: string) =>
  (curvePanel(spec, [{ expr: 'up', legend }]).build().targets as unknown as { expr: string }[])[0]?.expr;

describe('a panel', () => {
  it('names pods and claims by their end: a legend has no room for the release in front of it', () => {
    expect(asked('{{pod}} down')).toBe(
      'label_replace(up, "pod", "$1", "pod", ".*kube-prometheus-stack-(.+)")',
    );
    expect(asked('{{cluster}}')).toBe('up');
  });

  it.each([
    ['number', numberPanel],
    ['bars', barsPanel],
  ])('of a %s is blue where there is nothing: neither well nor an alarm', (_, panel) => {
    const built: Panel = panel({ ...spec, noValue: 'no edges' }, [{ expr: 'a', legend: 'a' }]).build();
    expect(built.fieldConfig?.defaults.mappings).toEqual([
      { type: 'special', options: { match: 'null', result: { text: 'no edges', color: 'blue' } } },
    ]);
  });

  it('of a table leaves a cell without a value without a colour, and has the worst row first', () => {
    const built: Panel = tablePanel({ ...spec, key: { label: 'node', name: 'Node' }, worst: ['Used'] }, [
      { name: 'Used', expr: 'a', unit: 'percentunit', thresholds: rising(0.8, 0.9) },
    ]).build();
    expect(built.fieldConfig?.overrides[0]?.properties).toContainEqual({
      id: 'mappings',
      value: [{ type: 'special', options: { match: 'null', result: { text: '', color: 'transparent' } } }],
    });
    expect(built.options).toMatchObject({
      sortBy: [
        { displayName: 'Used', desc: true },
        { displayName: 'Node', desc: false },
      ],
    });
  });

  it('of curves draws below zero what goes the other way, and keeps its numbers', () => {
    const { fieldConfig } = curvePanel(spec, [
      { expr: 'a', legend: 'in' },
      { expr: 'b', legend: 'out', below: true },
    ]).build();
    expect(fieldConfig?.overrides).toEqual([
      {
        matcher: { id: 'byFrameRefID', options: 'B' },
        properties: [{ id: 'custom.transform', value: 'negative-Y' }],
      },
    ]);
  });

  it('of numbers says which is which where there is one for each of something', () => {
    const mode = (legend: string) => numberPanel(spec, [{ expr: 'a', legend }]).build().options as unknown;
    expect(mode('{{evaluator}}')).toMatchObject({ textMode: 'value_and_name' });
    expect(mode('lost')).toMatchObject({ textMode: 'value' });
  });
});
