import type { Exemption } from './judge';

/** An exemption, and who makes the object: what a chart makes is not there where the chart is not. */
export interface OwnedExemption extends Exemption {
  of: 'ours' | 'chart';
}

export const exemptions: readonly OwnedExemption[] = [];
