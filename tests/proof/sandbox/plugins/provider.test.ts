import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { credentials } from '@grpc/grpc-js';
import * as proto from '@pulumi/pulumi/proto/provider_pb';
import { ResourceProviderClient } from '@pulumi/pulumi/proto/provider_grpc_pb';
import { PluginInfo } from '@pulumi/pulumi/proto/plugin_pb';
import { version } from '@pulumi/random/package.json';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { type JavaScriptValue, Struct } from 'google-protobuf/google/protobuf/struct_pb';
import { unknownValue } from '../../../../proof/sandbox/plugins/resource-kind';

const executablePath = resolve(__dirname, '../../../../proof/sandbox/plugins/bin/pulumi-resource-random');
const passwordUrn =
  'urn:pulumi:cluster-01::monitoring::a:b:C$random:index/randomPassword:RandomPassword::grafana::admin';
const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;

function struct(value: Record<string, JavaScriptValue>): Struct {
  return Struct.fromJavaScript(value);
}

/**
 * The executable as the engine uses it: found through a link, given an address, spoken to at the port it
 * prints.
 */
describe('a plugin started by the engine', () => {
  let folder: string;
  let plugin: ChildProcess;
  let client: ResourceProviderClient;

  function ask<Response>(
    call: (done: (error: Error | null, response: Response) => void) => unknown,
  ): Promise<Response> {
    return new Promise((answer, reject) => {
      call((error, response) => {
        if (error === null) answer(response);
        else reject(error);
      });
    });
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plugin-'));
    const link = join(folder, 'pulumi-resource-random');
    await symlink(executablePath, link);
    const started = spawn(link, ['127.0.0.1:1', '--logtostderr'], { stdio: ['ignore', 'pipe', 'inherit'] });
    plugin = started;
    const port = await new Promise<string>((print) => {
      started.stdout.once('data', (data: Buffer) => {
        print(data.toString().trim());
      });
    });
    client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  }, 60_000);

  afterAll(async () => {
    client.close();
    await new Promise((ended) => {
      plugin.once('close', ended);
      plugin.kill();
    });
    await rm(folder, { recursive: true });
  });

  it('has the version of the SDK it stands in for', async () => {
    const info = await ask<PluginInfo>((done) => client.getPluginInfo(new Empty(), done));
    expect(info.getVersion()).toBe(version);
    const schema = await ask<proto.GetSchemaResponse>((done) =>
      client.getSchema(new proto.GetSchemaRequest(), done),
    );
    expect(JSON.parse(schema.getSchema())).toEqual({ name: 'random', version });
  });

  it('takes plain values, so that the engine marks secrets, and previews', async () => {
    const answer = await ask<proto.ConfigureResponse>((done) =>
      client.configure(new proto.ConfigureRequest(), done),
    );
    expect([answer.getAcceptsecrets(), answer.getSupportspreview()]).toEqual([false, true]);
  });

  it('words a failed check as the real one, with the input to look at', async () => {
    const request = new proto.CheckRequest()
      .setUrn(passwordUrn)
      .setNews(struct({ length: 0, colour: 'red' }));
    const failures = (
      await ask<proto.CheckResponse>((done) => client.check(request, done))
    ).getFailuresList();
    expect(failures.map((failure) => [failure.getProperty(), failure.getReason()])).toEqual([
      [
        '',
        "the sandbox's plugin does not act on colour; install the real one. Examine values at 'grafana::admin.colour'.",
      ],
      ['', "Attribute length value must be at least 1, got: 0. Examine values at 'grafana::admin.length'."],
    ]);
  });

  it('promises inputs and defaults in a preview, and makes nothing', async () => {
    const request = new proto.CreateRequest()
      .setUrn(passwordUrn)
      .setProperties(struct({ length: 20 }))
      .setPreview(true);
    const answer = await ask<proto.CreateResponse>((done) => client.create(request, done));
    expect(answer.getId()).toBe('');
    expect(answer.getProperties()?.toJavaScript()).toMatchObject({
      length: 20,
      special: true,
      result: unknownValue,
    });
  });

  it('creates, finds no difference afterwards, and replaces on another length', async () => {
    const create = new proto.CreateRequest().setUrn(passwordUrn).setProperties(struct({ length: 20 }));
    const created = await ask<proto.CreateResponse>((done) => client.create(create, done));
    expect(created.getId()).toBe('none');
    const diff = async (length: number) => {
      const news = struct({ length });
      const request = new proto.DiffRequest()
        .setUrn(passwordUrn)
        .setOlds(created.getProperties())
        .setNews(news);
      return ask<proto.DiffResponse>((done) => client.diff(request, done));
    };
    expect((await diff(20)).getChanges()).toBe(DIFF_NONE);
    const longer = await diff(21);
    expect([longer.getChanges(), longer.getReplacesList()]).toEqual([DIFF_SOME, ['length']]);
  });

  it('says which type it does not have', async () => {
    const urn = passwordUrn.replace('randomPassword:RandomPassword', 'randomPet:RandomPet');
    await expect(
      ask<proto.CreateResponse>((done) => client.create(new proto.CreateRequest().setUrn(urn), done)),
    ).rejects.toThrow("the sandbox's random plugin has no resource type random:index/randomPet:RandomPet");
  });
});
