import { randomBytes } from 'node:crypto';
import { type CheckFailure, type ResourceKind } from '../resource-kind';
import { type Mc, serverAlias, McError, fatal } from './mc';

export interface IamUserInputs {
  readonly name: string;
  /** Made by the provider when absent. */
  readonly secret?: string;
  readonly disableUser: boolean;
  readonly forceDestroy: boolean;
  readonly updateSecret: boolean;
}

export interface IamUserOutputs {
  readonly status: string;
}

/** Random bytes of a secret nobody chose: 40 characters, the longest of the real server's own. */
const secretBytes = 30;

/** Both flags do harm in the real provider; a stack that sets one must not look fine in the sandbox. */
function check({ forceDestroy, updateSecret }: Partial<IamUserInputs>): CheckFailure[] {
  const failures: CheckFailure[] = [];
  if (forceDestroy === true) {
    const text = 'never set forceDestroy: the real provider then deletes the user on any update';
    failures.push({ property: 'forceDestroy', text });
  }
  if (updateSecret === true) {
    const text = 'never set updateSecret: the real provider then makes a new secret on every update';
    failures.push({ property: 'updateSecret', text });
  }
  return failures;
}

function statusOf({ disableUser }: IamUserInputs): string {
  return disableUser ? 'disabled' : 'enabled';
}

/** Sets the secret of a user, who is made if there is none; policies stay. */
async function setSecret(mc: Mc, name: string, secret: string): Promise<void> {
  await mc(['admin', 'user', 'add', serverAlias], { stdin: `${name}\n${secret}\n` }).catch(
    (error: unknown) => {
      throw fatal('error creating user', name, error);
    },
  );
}

async function setStatus(mc: Mc, inputs: IamUserInputs): Promise<void> {
  const verb = inputs.disableUser ? 'disable' : 'enable';
  await mc(['admin', 'user', verb, serverAlias, inputs.name]).catch((error: unknown) => {
    // The real provider says "disable" of both.
    throw fatal('error to disable IAM User', inputs.name, error);
  });
}

/** `minio.IamUser`. A user of that name who is there already is taken over with the new secret. */
export function iamUser(mc: Mc): ResourceKind<IamUserInputs, IamUserOutputs> {
  return {
    inputs: {
      name: { onChange: 'replace' },
      secret: { onChange: 'update', keepWhenAbsent: true },
      disableUser: { onChange: 'update', default: false },
      forceDestroy: { onChange: 'update', default: false },
      updateSecret: { onChange: 'update', default: false },
    },
    computed: ['status', 'secret'],
    check,
    async create(inputs) {
      const secret = inputs.secret ?? randomBytes(secretBytes).toString('base64url');
      await setSecret(mc, inputs.name, secret);
      if (inputs.disableUser) await setStatus(mc, inputs);
      return { id: inputs.name, outputs: { ...inputs, secret, status: statusOf(inputs) } };
    },
    /** The secret is never read: one that was changed outside goes unnoticed. */
    async read(id, state) {
      try {
        const info = (await mc(['admin', 'user', 'info', serverAlias, id])) as { userStatus?: string };
        return { ...state, status: info.userStatus ?? state.status };
      } catch (error) {
        if (error instanceof McError && error.message.includes('user does not exist')) return undefined;
        throw fatal('failed to load user Infos', id, error);
      }
    },
    async update(_id, state, inputs) {
      await setStatus(mc, inputs);
      if (inputs.secret !== undefined && inputs.secret !== state.secret) {
        await setSecret(mc, inputs.name, inputs.secret);
        // A user with a new secret is enabled.
        if (inputs.disableUser) await setStatus(mc, inputs);
      }
      return { ...state, ...inputs, status: statusOf(inputs) };
    },
    async delete(id) {
      await mc(['admin', 'user', 'rm', serverAlias, id]).catch((error: unknown) => {
        throw fatal('error deleting IAM User', id, error);
      });
    },
  };
}
