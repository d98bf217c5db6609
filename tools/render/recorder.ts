import * as pulumi from '@pulumi/pulumi';
import type {
  ReadResourceRequest,
  ReadResourceResponse,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  RegisterResourceResponse,
} from '@pulumi/pulumi/proto/resource_pb';
import { Struct, Value } from 'google-protobuf/google/protobuf/struct_pb';
import type { JavaScriptValue } from 'google-protobuf/google/protobuf/struct_pb';
import { asSecret, fromWire } from './secret-values';
import {
  label,
  type Plain,
  type ValueWithSecrets,
  type RegisteredResource,
  type ResourceOptions,
} from './registered';
import { answerReference, stackReferenceType, type References } from './stack-reference';

type Answer<Response> = (error: unknown, response?: Response) => void;
interface Monitor {
  registerResource: (request: RegisterResourceRequest, answer: Answer<RegisterResourceResponse>) => unknown;
  registerResourceOutputs: (request: RegisterResourceOutputsRequest, answer: Answer<never>) => unknown;
  readResource: (request: ReadResourceRequest, answer: Answer<ReadResourceResponse>) => unknown;
}

const stackType = 'pulumi:pulumi:Stack';

/** Resources and outputs of a run, added as they come in. */
export interface Recording {
  resources: RegisteredResource[];
  outputs: ValueWithSecrets;
  /**
   * Texts that a provider returned in outputs which the SDK declares secret, such as a generated password.
   */
  generatedSecrets: Set<string>;
  /** What each of these texts is, and each generated PEM: `OUTPUT of NAME`. */
  origins: Map<string, string>;
}

/**
 * Listens on the wire between the program and the test runtime's engine: only there each secret leaf is still
 * marked. (The mocks themselves see inputs whose secrets have been unwrapped.) Call after
 * `pulumi.runtime.setMocks`.
 */
export function record(references: References): Recording {
  const recording: Recording = {
    resources: [],
    outputs: { value: {}, secretPaths: [] },
    generatedSecrets: new Set(),
    origins: new Map(),
  };
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  const read = monitor.readResource.bind(monitor);
  monitor.registerResource = (request, answer) =>
    register(request, (error, response) => {
      if (response && request.getType() !== stackType) {
        recording.resources.push(registered(request, response.getUrn()));
        for (const text of hideSecretOutputs(request, response)) recording.generatedSecrets.add(text);
        for (const [text, origin] of origins(request, response)) {
          // Whoever had it first made it; others have it of their inputs.
          if (!recording.origins.has(text)) recording.origins.set(text, origin);
        }
      }
      answer(error, quiet(response));
    });
  monitor.registerResourceOutputs = (request, answer) => {
    if (label(request.getUrn()).startsWith(`${stackType} `)) {
      recording.outputs = fromWire(request.getOutputs()?.toJavaScript() ?? {});
    }
    return registerOutputs(request, answer);
  };
  monitor.readResource = (request, answer) =>
    read(request, (error, response) => {
      if (response && request.getType() === stackReferenceType)
        answerReference(request, response, references);
      answer(error, quiet(response));
    });
  return recording;
}

/**
 * The SDK makes a debug message of each answer, which a render shows to nobody: with hundreds of edges the
 * text of all their outputs, for each of them.
 */
function quiet<Response extends object>(response: Response | undefined): Response | undefined {
  return response && Object.assign(response, { toString: () => '' });
}

/**
 * The fields of an object of the wire format, which are read one by one: most objects are large, and few
 * fields matter.
 */
const fields = (object: Struct | undefined) => object?.getFieldsMap() ?? new Struct().getFieldsMap();

/**
 * Marks the outputs that the SDK declares secret, as the real engine does and the test runtime does not.
 *
 * @returns the texts among them
 */
function hideSecretOutputs(request: RegisterResourceRequest, response: RegisterResourceResponse): string[] {
  const outputs = fields(response.getObject());
  return request.getAdditionalsecretoutputsList().flatMap((name) => {
    const value = outputs.get(name)?.toJavaScript();
    if (value === undefined) return [];
    outputs.set(name, Value.fromJavaScript(asSecret(value) as JavaScriptValue));
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
}

/**
 * What of a resource's outputs a reader must tell apart although it is hidden: the secrets, and every PEM.
 */
function origins(request: RegisterResourceRequest, response: RegisterResourceResponse): [string, string][] {
  const secret = request.getAdditionalsecretoutputsList();
  return [...fields(response.getObject()).entries()]
    .filter(([output]) => secret.includes(output) || output.endsWith('Pem'))
    .map(([output, value]): [Plain, string] => [
      fromWire(value.toJavaScript()).value,
      `${output} of ${request.getName()}`,
    ])
    .filter((entry): entry is [string, string] => typeof entry[0] === 'string' && entry[0] !== '');
}

function registered(request: RegisterResourceRequest, urn: string): RegisteredResource {
  const { value, secretPaths } = fromWire(request.getObject()?.toJavaScript() ?? {});
  const parent = label(request.getParent());
  return {
    type: request.getType(),
    name: request.getName(),
    urn,
    parent: parent.startsWith(`${stackType} `) || parent === ' ' ? undefined : parent,
    custom: request.getCustom(),
    provider: request.getProvider(),
    inputs: value as RegisteredResource['inputs'],
    secretPaths,
    options: options(request),
    dependencies: [...new Set(request.getDependenciesList().map(label))].sort(),
  };
}

function options(request: RegisterResourceRequest): ResourceOptions {
  const implied = new Set(
    [...request.getPropertydependenciesMap().entries()].flatMap(([, inputs]) => inputs.getUrnsList()),
  );
  const dependsOn = [
    ...new Set(
      request
        .getDependenciesList()
        .filter((urn) => !implied.has(urn))
        .map(label),
    ),
  ].sort();
  const ignoreChanges = request.getIgnorechangesList();
  const replaceOnChanges = request.getReplaceonchangesList();
  const times = request.getCustomtimeouts();
  const timeouts = Object.entries({
    create: times?.getCreate(),
    update: times?.getUpdate(),
    delete: times?.getDelete(),
  }).filter((timeout): timeout is [string, string] => Boolean(timeout[1]));
  return {
    ...(request.getProtect() ? { protect: true } : {}),
    ...(request.getRetainondelete() ? { retainOnDelete: true } : {}),
    ...(request.getDeletebeforereplace() ? { deleteBeforeReplace: true } : {}),
    ...(dependsOn.length > 0 ? { dependsOn } : {}),
    ...(ignoreChanges.length > 0 ? { ignoreChanges } : {}),
    ...(replaceOnChanges.length > 0 ? { replaceOnChanges } : {}),
    ...(timeouts.length > 0 ? { timeouts: Object.fromEntries(timeouts) } : {}),
  };
}
