import type { Cleared } from '../checks/preflight';
import { deployCentral } from './central';
import { deployEdge } from './edge';

/** Registers every resource of a stack that preflight has cleared, and returns its outputs (`contract/`). */
export const deploy = (cleared: Cleared): object =>
  cleared.role === 'central' ? deployCentral(cleared) : deployEdge(cleared);
