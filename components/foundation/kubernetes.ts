/**
 * The part of the Kubernetes SDK that the stacks use. Its index also loads the Helm and YAML support that renders in the program, which
 * takes five times as long at every preview (45 and 8 ms).
 */
export * as apps from '@pulumi/kubernetes/apps';
export * as core from '@pulumi/kubernetes/core';
export * as networking from '@pulumi/kubernetes/networking';
export * as policy from '@pulumi/kubernetes/policy';
export * as rbac from '@pulumi/kubernetes/rbac';
export * as types from '@pulumi/kubernetes/types';
export { CustomResource, type CustomResourceArgs } from '@pulumi/kubernetes/apiextensions/customResource';
export { Release } from '@pulumi/kubernetes/helm/v3/release';
export { Provider } from '@pulumi/kubernetes/provider';
