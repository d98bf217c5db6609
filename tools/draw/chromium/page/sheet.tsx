import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { GlobalStyles, Icon, PortalContainer, ThemeContext } from '@grafana/ui';
import type { CSSProperties, ReactNode } from 'react';
import { boxOf, gridWidth, heightOf, margin, type Box } from '../../layout';
import type { Drawing } from '../drawing';
import { Framed } from './panel';
import { timeZone, type Prepared } from './prepared';

const headHeight = 88;

const at = (seconds: number) => dateTimeFormat(seconds * 1000, { timeZone, format: 'YYYY-MM-DD HH:mm:ss' });

/** What is chosen: the name of a choice, and its field. */
function Field({ name, text, theme }: { name: string; text: string; theme: GrafanaTheme2 }): ReactNode {
  const border = `1px solid ${theme.components.input.borderColor}`;
  const part: CSSProperties = { padding: '5px 8px', border, borderRadius: 2 };
  return (
    <span style={{ display: 'inline-flex', marginRight: 8, fontSize: 12 }}>
      <span style={{ ...part, background: theme.colors.background.secondary, fontWeight: 500 }}>{name}</span>
      <span style={{ ...part, background: theme.components.input.background, marginLeft: -1 }}>{text}</span>
    </span>
  );
}

const RowHead = ({ title, box: { left, top, width, height } }: { title: string; box: Box }) => (
  <div
    style={{ position: 'absolute', left, top, width, height, display: 'flex', alignItems: 'center', gap: 8 }}
  >
    <Icon name="angle-down" />
    <span style={{ fontSize: 16, fontWeight: 500 }}>{title}</span>
  </div>
);

/** The whole height of a drawing. */
export const sheetHeight = (panels: readonly Prepared[]): number =>
  headHeight + heightOf(panels.map(({ panel }) => panel)) + 2 * margin;

/** A dashboard as a page: its title, what is chosen, the time, and every panel in its place. */
export function Sheet({
  drawing: { title, choices, period, width },
  panels,
  theme,
  onError,
}: {
  drawing: Drawing;
  panels: readonly Prepared[];
  theme: GrafanaTheme2;
  onError: (message: string) => void;
}): ReactNode {
  const place = (prepared: Prepared) => boxOf(prepared.panel.gridPos, gridWidth(width));
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <div
        style={{ padding: margin, height: sheetHeight(panels), background: theme.colors.background.canvas }}
      >
        <div style={{ height: headHeight }}>
          <div style={{ fontSize: 20, fontWeight: 500, marginBottom: 12 }}>{title}</div>
          {choices.map(({ name, label, text }) => (
            <Field key={name} name={label} text={text} theme={theme} />
          ))}
          <Field name="Time" text={`${at(period.from)} to ${at(period.to)} UTC`} theme={theme} />
        </div>
        <div style={{ position: 'relative' }}>
          {panels.map((prepared) =>
            prepared.panel.type === 'row' ? (
              <RowHead key={prepared.panel.id} title={prepared.panel.title ?? ''} box={place(prepared)} />
            ) : (
              <Framed
                key={prepared.panel.id}
                box={place(prepared)}
                {...{ prepared, theme, period, onError }}
              />
            ),
          )}
        </div>
      </div>
      <PortalContainer />
    </ThemeContext.Provider>
  );
}
