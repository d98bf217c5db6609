import type { CentralConfig } from '../config/central';
import type { EdgeConfig } from '../config/edge';
import { deployCentral } from './central';
import type { LastOutputs } from '../contract/deployed-state';
import { deployEdge } from './edge';

/**
 * Registers every resource of a stack and returns its outputs (`contract/`).
 *
 * @param last what a central stack exported before; undefined when it was never deployed
 */
export const deploy = async (config: CentralConfig | EdgeConfig, last?: LastOutputs): Promise<object> =>
  config.role === 'central' ? deployCentral(config, last) : await deployEdge(config);
