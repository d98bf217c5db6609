import { randomBytes } from 'node:crypto';
import { type ResourceKind } from '../resource-kind';
import { type Mc, serverAlias, fatal } from './mc';

export interface IamUserPolicyAttachmentInputs {
  readonly userName: string;
  readonly policyName: string;
}

async function attachedPolicies(mc: Mc, user: string): Promise<string[]> {
  const info = await mc(['admin', 'user', 'info', serverAlias, user]).catch((error: unknown) => {
    throw fatal('failed to load user Infos', user, error);
  });
  return ((info as { policyName?: string }).policyName ?? '').split(',').filter((name) => name !== '');
}

/** `minio.IamUserPolicyAttachment`: one policy of a user; the others are not looked at. */
export function iamUserPolicyAttachment(mc: Mc): ResourceKind<IamUserPolicyAttachmentInputs, object> {
  return {
    inputs: { userName: { onChange: 'replace' }, policyName: { onChange: 'replace' } },
    computed: [],
    async create(inputs) {
      const { userName, policyName } = inputs;
      await mc(['admin', 'policy', 'attach', serverAlias, policyName, '--user', userName]).catch(
        (error: unknown) => {
          throw fatal('unable to attach user policy', userName, error);
        },
      );
      const unique = `${Date.now().toString(16)}${randomBytes(4).toString('hex')}`;
      return { id: `${userName}-${unique}`, outputs: inputs };
    },
    async read(_id, state) {
      return (await attachedPolicies(mc, state.userName)).includes(state.policyName) ? state : undefined;
    },
    async delete(_id, { userName, policyName }) {
      await mc(['admin', 'policy', 'detach', serverAlias, policyName, '--user', userName]).catch(
        (error: unknown) => {
          throw fatal('unable to detach user policy', userName, error);
        },
      );
    },
  };
}
