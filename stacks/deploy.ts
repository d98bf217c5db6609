import type { CentralConfig } from '../config/central';
import type { EdgeConfig } from '../config/edge';
import { deployCentral } from './central';
import { deployEdge } from './edge';

/** Registers every resource of a stack and returns its outputs (`contract/`). */
export const deploy = async (config: CentralConfig | EdgeConfig): Promise<object> =>
  config.role === 'central' ? deployCentral(config) : await deployEdge(config);
