import { isDeepStrictEqual } from 'node:util';
import {
  type UntypedHandleCall,
  type handleUnaryCall,
  Server,
  ServerCredentials,
  status,
} from '@grpc/grpc-js';
import { ResourceProviderService } from '@pulumi/pulumi/proto/provider_grpc_pb';
import { PluginInfo } from '@pulumi/pulumi/proto/plugin_pb';
import * as proto from '@pulumi/pulumi/proto/provider_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import {
  type AnyResourceKind,
  type Props,
  diff,
  knownOnly,
  previewOfCreate,
  undeclared,
  withDefaults,
} from './resource-kind';
import { nameOf, toProps, toStruct, typeOf } from './wire';

/**
 * A provider plugin without the SDK's `provider.main`: that one answers Configure itself, so that a provider
 * never learns its server and credentials, has no preview of create, and takes half again as long to start.
 */
export interface Provider {
  readonly name: string;
  /** Version of the Node.js SDK it stands in for. */
  readonly version: string;
  /** Problems of the provider's own arguments, at preview. */
  checkConfig?(config: Props): string[];
  /** Resource kinds by type token, acting with this configuration. */
  configure(config: Props): Record<string, AnyResourceKind>;
}

/** The same ceiling as the SDK's own servers. */
const maxMessageBytes = 400 * 1024 * 1024;

function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback({ code: status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
        },
      );
  };
}

function handlers(provider: Provider): Record<string, UntypedHandleCall> {
  let kinds: Record<string, AnyResourceKind> | undefined;

  const kindOf = (urn: string): AnyResourceKind => {
    const type = typeOf(urn);
    // Check comes before Configure when the configuration is not known yet.
    const kind = (kinds ?? provider.configure({}))[type];
    if (kind === undefined)
      throw new Error(`the sandbox's ${provider.name} plugin has no resource type ${type}`);
    return kind;
  };

  return {
    getPluginInfo: unary(() => new PluginInfo().setVersion(provider.version)),
    getSchema: unary(() =>
      new proto.GetSchemaResponse().setSchema(
        JSON.stringify({ name: provider.name, version: provider.version }),
      ),
    ),
    attach: unary(() => new Empty()),
    cancel: unary(() => new Empty()),

    checkConfig: unary((request: proto.CheckRequest) =>
      new proto.CheckResponse()
        .setInputs(request.getNews())
        .setFailuresList(
          (provider.checkConfig?.(toProps(request.getNews())) ?? []).map((text) =>
            new proto.CheckFailure().setReason(text),
          ),
        ),
    ),
    diffConfig: unary((request: proto.DiffRequest) => {
      const same = isDeepStrictEqual(toProps(request.getOlds()), toProps(request.getNews()));
      const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
      return new proto.DiffResponse().setChanges(same ? DIFF_NONE : DIFF_SOME);
    }),
    configure: unary((request: proto.ConfigureRequest) => {
      kinds = provider.configure(toProps(request.getArgs()));
      // Secrets come as plain text; the engine marks what it sent as secret in the answers, too.
      return new proto.ConfigureResponse().setAcceptsecrets(false).setSupportspreview(true);
    }),

    check: unary((request: proto.CheckRequest) => {
      const name = nameOf(request.getUrn());
      const kind = kindOf(request.getUrn());
      const inputs = toProps(request.getNews());
      const failures = [...undeclared(kind, inputs), ...(kind.check?.(knownOnly(inputs)) ?? [])];
      return new proto.CheckResponse()
        .setInputs(request.getNews())
        .setFailuresList(
          failures.map(({ property, text }) =>
            new proto.CheckFailure().setReason(`${text}. Examine values at '${name}.${property}'.`),
          ),
        );
    }),
    diff: unary((request: proto.DiffRequest) => {
      const news = toProps(request.getNews());
      const { changed, replaced } = diff(kindOf(request.getUrn()), toProps(request.getOlds()), news);
      const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
      const response = new proto.DiffResponse()
        .setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
        .setDiffsList([...changed])
        .setReplacesList([...replaced]);
      // The engine prints what changed in the inputs; a change that is in none of them has to be told.
      if (changed.length > 0 && isDeepStrictEqual(toProps(request.getOldInputs()), news)) {
        const { UPDATE, UPDATE_REPLACE } = proto.PropertyDiff.Kind;
        for (const name of changed) {
          const kind = replaced.includes(name) ? UPDATE_REPLACE : UPDATE;
          response.getDetaileddiffMap().set(name, new proto.PropertyDiff().setKind(kind));
        }
        response.setHasdetaileddiff(true);
      }
      return response;
    }),
    create: unary(async (request: proto.CreateRequest) => {
      const kind = kindOf(request.getUrn());
      const inputs = toProps(request.getProperties());
      if (request.getPreview())
        return new proto.CreateResponse().setProperties(toStruct(previewOfCreate(kind, inputs)));
      const { id, outputs } = await kind.create(withDefaults(kind, inputs));
      return new proto.CreateResponse().setId(id).setProperties(toStruct(outputs));
    }),
    read: unary(async (request: proto.ReadRequest) => {
      const kind = kindOf(request.getUrn());
      const state = toProps(request.getProperties());
      const real = kind.read === undefined ? state : await kind.read(request.getId(), state);
      // An empty answer tells the engine that the resource is gone.
      if (real === undefined) return new proto.ReadResponse();
      return new proto.ReadResponse()
        .setId(request.getId())
        .setProperties(toStruct(real))
        .setInputs(request.getInputs());
    }),
    update: unary(async (request: proto.UpdateRequest) => {
      const kind = kindOf(request.getUrn());
      const state = toProps(request.getOlds());
      const inputs = { ...state, ...withDefaults(kind, toProps(request.getNews())) };
      const response = new proto.UpdateResponse();
      if (request.getPreview()) return response.setProperties(toStruct(inputs));
      if (kind.update === undefined) throw new Error(`${typeOf(request.getUrn())} is never changed in place`);
      return response.setProperties(toStruct(await kind.update(request.getId(), state, inputs)));
    }),
    delete: unary(async (request: proto.DeleteRequest) => {
      await kindOf(request.getUrn()).delete?.(request.getId(), toProps(request.getProperties()));
      return new Empty();
    }),
  };
}

/** Serves the provider on a free loopback port and prints that port, which is how the engine finds it. */
export function serve(provider: Provider): void {
  const server = new Server({
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.max_send_message_length': maxMessageBytes,
  });
  server.addService(ResourceProviderService, handlers(provider));
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${String(port)}\n`);
  });
}
