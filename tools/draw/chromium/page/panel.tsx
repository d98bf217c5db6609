import { FieldType, type GrafanaTheme2 } from '@grafana/data';
import { ErrorBoundary, PanelChrome } from '@grafana/ui';
import type { ReactNode } from 'react';
import type { Period } from '../../period';
import type { Box } from '../../layout';
import { Curves } from './curves';
import type { Prepared } from './prepared';
import type { Room } from './room';
import { TableOf } from './table';
import { Bars, Stat } from './values';

const kinds: Readonly<Partial<Record<string, (room: Room) => ReactNode>>> = {
  stat: Stat,
  bargauge: Bars,
  timeseries: Curves,
  table: TableOf,
};

/** Whether nothing was answered that could be drawn. */
export const isEmpty = ({ data }: Prepared): boolean =>
  data.every(({ fields, length }) => length === 0 || fields.every(({ type }) => type === FieldType.time));

/** Kinds that draw "no data" themselves, in colours. */
const drawsNothing = ['stat', 'bargauge'];

const Words = ({ text, color }: { text: string; color: string }) => (
  <div
    style={{
      height: '100%',
      display: 'grid',
      placeItems: 'center',
      padding: 8,
      color,
      overflowWrap: 'anywhere',
    }}
  >
    <div>{text}</div>
  </div>
);

function Content(room: Room): ReactNode {
  const { prepared, theme } = room;
  const { panel, errors, fieldConfig } = prepared;
  if (errors.length > 0) return <Words text={errors.join(' · ')} color={theme.colors.error.text} />;
  if (isEmpty(prepared) && !drawsNothing.includes(panel.type)) {
    return <Words text={fieldConfig.defaults.noValue ?? 'No data'} color={theme.colors.text.secondary} />;
  }
  const Kind = kinds[panel.type];
  if (Kind) return <Kind {...room} />;
  return <Words text={`a ${panel.type} is drawn by Grafana alone`} color={theme.colors.warning.text} />;
}

/** One panel in its place. */
export function Framed({
  prepared,
  theme,
  period,
  box: { width, height, ...place },
  onError,
}: {
  prepared: Prepared;
  theme: GrafanaTheme2;
  period: Period;
  box: Box;
  onError: (message: string) => void;
}): ReactNode {
  const { title = '', description = '' } = prepared.panel;
  return (
    <div style={{ position: 'absolute', ...place }}>
      <PanelChrome title={title} description={description} width={width} height={height}>
        {(innerWidth, innerHeight) => (
          <ErrorBoundary
            onError={({ message }) => {
              onError(`${title}: ${message}`);
            }}
            errorLogger={() => undefined}
          >
            {({ error }) =>
              error ? (
                <Words text={error.message} color={theme.colors.error.text} />
              ) : (
                <Content {...{ prepared, theme, period }} width={innerWidth} height={innerHeight} />
              )
            }
          </ErrorBoundary>
        )}
      </PanelChrome>
    </div>
  );
}
