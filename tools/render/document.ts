import { stringify } from 'yaml';
import { checksum } from '../../components/foundation/checksum';
import { grouped } from './grouped';
import { masking } from './secret-values';
import type { Deployment, ValueWithSecrets, Plain, RegisteredResource } from './registered';

const style = {
  // A long line is one value; folding it would make a changed word a changed paragraph.
  lineWidth: 0,
  blockQuote: 'literal',
  aliasDuplicateObjects: false,
} as const;

/**
 * A deployment as reviewable YAML: first the stack and its outputs, then one document for each resource, by
 * type and name.
 *
 * Keys are sorted, so that moving lines in the program changes nothing here; secrets are masked, each by what
 * it is.
 */
export function document(deployment: Deployment): string {
  const { stack, resources, outputs, origins } = deployment;
  const masked = masking(origins);
  const head = { stack, outputs: sorted(masked(outputs)) };
  const shortened = grouped(resources);
  const rest = [...resources]
    .sort(byTypeAndName)
    .map((resource) => summary({ ...resource, options: shortened(resource.options) }, masked));
  return [head, ...rest].map((part) => stringify(part, style)).join('---\n');
}

function summary(resource: RegisteredResource, masked: (value: ValueWithSecrets) => Plain) {
  const { type, name, parent, options } = resource;
  const inputs = masked({ value: resource.inputs, secretPaths: resource.secretPaths });
  return {
    type,
    name,
    ...(parent === undefined ? {} : { parent }),
    ...(Object.keys(options).length > 0 ? { options } : {}),
    ...(resource.custom ? { inputs: readable(sorted(inputs)) } : {}),
  };
}

/**
 * JSON on one line, such as a policy document, as lines: a diff then shows which right has changed. Of a
 * dashboard its name, size and checksum: its lines stand in `observability/dashboards` already.
 */
function readable(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
  }
  if (typeof value !== 'string' || !/^[[{]"?.{60,}[\]}]$/.test(value)) return value;
  return dashboardTitle(value) ?? indented(value);
}

function dashboardTitle(text: string): string | undefined {
  const { title, schemaVersion, panels } = parsed(text) as Record<string, unknown>;
  if (typeof title !== 'string' || schemaVersion === undefined || !Array.isArray(panels)) return undefined;
  return `[dashboard "${title}", ${panels.length} panels, sha256 ${checksum(text)}]`;
}

function parsed(text: string): object {
  try {
    return (JSON.parse(text) as object | null) ?? {};
  } catch {
    return {};
  }
}

function indented(text: string): string {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  } catch {
    return text;
  }
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const byTypeAndName = (a: RegisteredResource, b: RegisteredResource) =>
  order(a.type, b.type) || order(a.name, b.name) || order(a.urn, b.urn);

/** Keys in alphabetical order; lists stay, since their order means something. */
function sorted(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => order(a, b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
