import type { GrafanaTheme2 } from '@grafana/data';
import type { Period } from '../../period';
import type { Prepared } from './prepared';

/** What a kind of panel is drawn from, and the room that it has. In pixels. */
export interface Room {
  prepared: Prepared;
  theme: GrafanaTheme2;
  period: Period;
  width: number;
  height: number;
}
