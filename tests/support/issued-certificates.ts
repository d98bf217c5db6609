import * as pulumi from '@pulumi/pulumi';
import { fromWire } from '../../tools/render/secret-values';
import { certRequest } from '../../proof/sandbox/plugins/tls/cert-request';
import { locallySignedCert } from '../../proof/sandbox/plugins/tls/locally-signed-cert';
import { privateKey } from '../../proof/sandbox/plugins/tls/private-key';
import { selfSignedCert } from '../../proof/sandbox/plugins/tls/self-signed-cert';
import { withDefaults, type AnyResourceKind, type Props } from '../../proof/sandbox/plugins/resource-kind';

const kinds: Readonly<Record<string, unknown>> = {
  'tls:index/privateKey:PrivateKey': privateKey,
  'tls:index/selfSignedCert:SelfSignedCert': selfSignedCert,
  'tls:index/certRequest:CertRequest': certRequest,
  'tls:index/locallySignedCert:LocallySignedCert': locallySignedCert,
};

interface State {
  inputs: Props;
  id: string;
  outputs: Props;
}

/**
 * A stack whose keys and certificates are real, made by the sandbox's tls plugin. They stay from one `up` to
 * the next as with the engine: unchanged inputs keep the resource, changed ones replace it, and what is not
 * registered any more goes.
 */
export class IssuingStack {
  private state = new Map<string, State>();

  /** Runs the program and answers with what it returns, every output resolved. */
  async up<T>(program: () => T): Promise<pulumi.Unwrap<T>> {
    const next = new Map<string, State>();
    await pulumi.runtime.setMocks(
      {
        newResource: async ({ type, name, inputs }) => {
          const kind = kinds[type] as AnyResourceKind | undefined;
          const plain = fromWire(inputs).value as Props;
          if (!kind) return { id: `${name}-id`, state: plain };
          const made = await this.keepOrCreate(`${type} ${name}`, kind, plain);
          next.set(`${type} ${name}`, made);
          return { id: made.id, state: made.outputs };
        },
        call: ({ token }) => {
          throw new Error(`no provider function is called here, but ${token} was`);
        },
      },
      'monitoring',
      'test',
      false,
    );
    let resolved: Promise<pulumi.Unwrap<T>> | undefined;
    await pulumi.runtime.runInPulumiStack(() => {
      const output = pulumi.output(program());
      resolved = new Promise((resolve) => {
        output.apply((value) => {
          resolve(value);
        });
      });
      return Promise.resolve({});
    });
    await pulumi.runtime.disconnect();
    this.state = next;
    if (!resolved) throw new Error('the program was not run');
    return resolved;
  }

  /** Makes the next `up` replace a resource, as when it is due for renewal. */
  renew(type: string, name: string): void {
    if (!this.state.delete(`${type} ${name}`)) throw new Error(`there is no ${type} ${name}`);
  }

  private async keepOrCreate(key: string, kind: AnyResourceKind, inputs: Props): Promise<State> {
    const old = this.state.get(key);
    if (old && JSON.stringify(old.inputs) === JSON.stringify(inputs)) return old;
    const { id, outputs } = await kind.create(withDefaults(kind, inputs));
    return { inputs, id, outputs: outputs as Props };
  }
}
