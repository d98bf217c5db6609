import { exemptions } from '../../policy/exemptions';
import { exempt, judge, sentence } from '../../policy/judge';
import { nothingTold, type Policy } from '../../policy/policy';
import { factsOfPods, repositories } from '../../tools/policy/facts';
import { manifestsOf } from '../../tools/policy/manifests';
import type { Deployment } from '../../tools/render/registered';

/** What a stack has against a policy, exemptions apart. */
export const against =
  (policy: Policy) =>
  (deployment: Deployment): string[] => {
    const ours = manifestsOf(deployment);
    const facts = { ...nothingTold, repositories, ...factsOfPods(ours), secrets: deployment.secrets };
    return exempt(judge([policy], ours, facts), exemptions).standing.map(sentence);
  };
