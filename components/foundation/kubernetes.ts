/**
 * The part of the Kubernetes SDK that the stacks use. The SDK's index also loads what renders Helm charts and
 * YAML in the program, and so takes 45 ms instead of 8 at every preview.
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
