import type { CentralConfig } from '../config/central';
import type { EdgeConfig } from '../config/edge';
import { ConfigError } from '../config/errors';
import { readConfig } from '../config/load';
import type { RawConfig } from '../config/raw';
import { told } from '../config/told';
import type { PlannedEdge } from './capacity';
import { centralVerdict } from './central';
import { centralRules } from './central-rules';
import { edgeVerdict } from './edge';
import { knownContradictions } from './known-part';
import { refused, type Verdict } from './verdict';

/**
 * Reads a stack's configuration and checks all of it that needs no cluster.
 *
 * @param sizes whether sizes must hold what is planned; not where the sums themselves are shown
 * @param planned what the central stack plans for an edge; without it, the edge's sizes are not checked
 * @throws ConfigError with every violation at once: types, unknown keys, contradictions between keys, missing
 *   secrets
 */
export function checkedConfig(
  raw: RawConfig,
  sizes: 'checked' | 'unchecked' = 'checked',
  planned?: (edge: EdgeConfig) => PlannedEdge | undefined,
): CentralConfig | EdgeConfig {
  const { config, known, violations } = readConfig(raw);
  const contradictions = config
    ? verdictOf(config, sizes, planned).violations
    : known
      ? knownContradictions(known)
      : [];
  const found = [...violations, ...contradictions];
  if (!config || found.length > 0) throw new ConfigError(raw.stack, found.map(told(raw)));
  return config;
}

function verdictOf(
  config: CentralConfig | EdgeConfig,
  sizes: 'checked' | 'unchecked',
  planned: (edge: EdgeConfig) => PlannedEdge | undefined = () => undefined,
): Verdict {
  if (config.role === 'edge') return edgeVerdict(config, planned(config));
  return sizes === 'checked' ? centralVerdict(config) : refused(centralRules(config));
}
