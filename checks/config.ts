import type { CentralConfig } from '../config/central';
import type { EdgeConfig } from '../config/edge';
import { ConfigError } from '../config/errors';
import { readConfig } from '../config/load';
import type { RawConfig } from '../config/raw';
import { told } from '../config/told';
import { centralVerdict } from './central';
import { centralRules } from './central-rules';
import { edgeVerdict } from './edge';
import { knownContradictions } from './known-part';
import { refused, type Verdict } from './verdict';

/**
 * Reads a stack's configuration and checks all of it that needs neither a cluster nor another stack.
 *
 * @param sizes whether sizes must hold what is planned; not where the sums themselves are shown
 * @throws ConfigError with every violation at once: types, unknown keys, contradictions between keys, missing
 *   secrets
 */
export function checkedConfig(
  raw: RawConfig,
  sizes: 'checked' | 'unchecked' = 'checked',
): CentralConfig | EdgeConfig {
  const { config, known, violations } = readConfig(raw);
  const contradictions = config
    ? verdictAlone(config, sizes).violations
    : known
      ? knownContradictions(known)
      : [];
  const found = [...violations, ...contradictions];
  if (!config || found.length > 0) throw new ConfigError(raw.stack, found.map(told(raw)));
  return config;
}

function verdictAlone(config: CentralConfig | EdgeConfig, sizes: 'checked' | 'unchecked'): Verdict {
  if (config.role === 'edge') return edgeVerdict(config, undefined);
  return sizes === 'checked' ? centralVerdict(config) : refused(centralRules(config));
}
