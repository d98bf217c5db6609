import { PolicyPack } from '@pulumi/policy';
import { enginePolicies } from '../crossguard';
import { policies } from '../list';

new PolicyPack('monitoring-policies', { policies: enginePolicies(policies) });
