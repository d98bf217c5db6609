import type { CentralConfig } from '../config/central';
import type { EdgeConfig } from '../config/edge';
import type { Violation } from '../config/errors';
import type { KnownPart } from '../config/known-part';
import { centralVerdict } from './central';
import { edgeVerdict } from './edge';

/** Sections that the sums of `capacity/` read: with one of them unknown, no sum is known. */
const planned = ['edges', 'edgeDefaults', 'outage', 'prometheus', 'receive', 'store', 'compactor', 'ruler'];

/** Sections whose keys depend on each other in ways that no message names. */
const entangled = ['receive', 'alertmanager', 'acceptedRisks', 'agent'];

/**
 * What contradicts itself in the part of a configuration that is known, so that it is told together with what
 * is wrong. Rather one too few: a contradiction with a default that nobody meant would send people astray.
 */
export function knownContradictions({ config, unknown }: KnownPart<CentralConfig | EdgeConfig>): Violation[] {
  const { violations } = config.role === 'edge' ? edgeVerdict(config, undefined) : centralVerdict(config);
  const sections = unknown.map(sectionOf);
  // A misspelt section, or misspelt reasons: what is meant to be there could be anything.
  if (sections.some((section) => !(section in config) || section === 'acceptedRisks')) return [];
  const sums = !sections.some((section) => planned.includes(section));
  return violations.filter(
    ({ key, allowed, fix }) =>
      (sums || !isSum(allowed)) &&
      !(entangled.includes(sectionOf(key)) && sections.includes(sectionOf(key))) &&
      !unknown.some((name) => mentions(`${key} ${allowed} ${fix}`, name)),
  );
}

const sectionOf = (key: string) => key.split('.')[0] ?? key;

/** Whether what is allowed is a sum of `capacity/`, which names no key. */
const isSum = (allowed: string) => /^at least .* = /.test(allowed);

/** Whether a text names a key, a key around it, or one inside. */
function mentions(text: string, key: string): boolean {
  const words = text.split(/[^\w.]+/).map((word) => word.replace(/^\.+|\.+$/g, ''));
  return words.some((word) => word === key || word.startsWith(`${key}.`) || key.startsWith(`${word}.`));
}
