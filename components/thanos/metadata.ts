import type { ServiceDomain } from '../foundation/dns';
import { objectLabels } from '../foundation/labels';
import type { Role } from './roles';

/** What every Thanos role needs to know of the stack. */
export interface ThanosArgs extends ServiceDomain {
  /** The full image reference, with its tag. */
  image: string;
}

/** The image's tag, as the label `app.kubernetes.io/version` shows it. */
export const imageVersion = (image: string): string => /:([\w][\w.-]*)(?:@|$)/.exec(image)?.[1] ?? 'unknown';

/** Labels of a role's pods and objects. */
export const roleLabels = ({ selector }: Role, { image }: ThanosArgs) =>
  objectLabels(selector, imageVersion(image));

/** @param name of the object, where a role has more than one of a kind */
export const metadata = (of: Role, args: ThanosArgs, name: string = of.name) => ({
  name,
  namespace: args.namespace,
  labels: roleLabels(of, args),
});
