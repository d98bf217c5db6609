import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import * as pulumi from '@pulumi/pulumi';
import { EngineService } from '@pulumi/pulumi/proto/engine_grpc_pb';
import type { LogRequest } from '@pulumi/pulumi/proto/engine_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { skipSdkDebugging } from '../../stacks/sdk-debugging';

const { debug } = pulumi.log;
const errors = Object.getOwnPropertyDescriptors(Error);

/** An engine that keeps what it is told. */
const told: string[] = [];
const engine = new Server();
const unused = (_: unknown, answer: sendUnaryData<Empty>) => {
  answer(new Error('not a part of this test'));
};

beforeAll(async () => {
  engine.addService(EngineService, {
    log: ({ request }: ServerUnaryCall<LogRequest, Empty>, answer: sendUnaryData<Empty>) => {
      told.push(request.getMessage());
      answer(null, new Empty());
    },
    getRootResource: unused,
    setRootResource: unused,
    startDebugging: unused,
    requirePulumiVersion: unused,
  });
  const port = await new Promise<number>((resolve, reject) => {
    engine.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  pulumi.runtime.resetOptions('monitoring', 'cluster-01', 1, `127.0.0.1:${port}`, '', true, 'organization');
});

beforeEach(() => {
  told.length = 0;
});

afterEach(() => {
  Object.assign(pulumi.log, { debug });
  Object.defineProperties(Error, errors);
});

afterAll(async () => {
  await pulumi.runtime.disconnect();
  engine.forceShutdown();
});

async function say(): Promise<string[]> {
  await pulumi.log.debug('RegisterResource RPC finished');
  await pulumi.log.info('for people');
  return told;
}

test('the engine hears no debug messages, and errors have no stack trace', async () => {
  // As ts-node does, which maps each line to the sources.
  Error.prepareStackTrace = () => 'mapped';
  skipSdkDebugging({});
  expect(await say()).toEqual(['for people']);
  expect(new Error('of the SDK').stack).toBe('Error: of the SDK');
});

test('with the variable, the SDK debugs as it comes', async () => {
  skipSdkDebugging({ PULUMI_DEBUG_PROMISE_LEAKS: '1' });
  expect(await say()).toEqual(['RegisterResource RPC finished', 'for people']);
  expect(new Error('of the SDK').stack).toContain(__filename);
});
