import type { AskedPanel } from '../ask';
import type { Period } from '../period';
import type { Choice } from '../variables';

/** Everything that the page needs: it asks nobody anything itself. */
export interface Drawing {
  title: string;
  choices: Choice[];
  period: Period;
  /** In pixels. */
  width: number;
  panels: AskedPanel[];
}

/** What the page says when it has drawn. */
export interface Drawn {
  /** Height of the whole page, in pixels. */
  height: number;
  /** Titles of the panels that say that there is no data. */
  empty: string[];
  /** What kept a panel from being drawn, one line each. */
  errors: string[];
}
