import { objectName } from '../../policy/manifest';
import type { Deployment, RegisteredResource } from '../../tools/render/registered';
import { ofKind } from './objects';
import { expectation, says } from './pem';

/*
 * Which key and which certificate stands where. The runtime's provider makes texts that say what they are
 * (tools/render/provider-outputs.ts), and here they are not masked: two that are swapped differ.
 */

const privateKey = 'tls:index/privateKey:PrivateKey';
const selfSigned = 'tls:index/selfSignedCert:SelfSignedCert';
const request = 'tls:index/certRequest:CertRequest';
const signed = 'tls:index/locallySignedCert:LocallySignedCert';

const ofType = (resources: readonly RegisteredResource[], type: string) =>
  resources.filter((resource) => resource.type === type);

/**
 * Certificates whose authority's key is not the one that signs them, or whose request is made with another's
 * key.
 */
export const brokenSignatures = ({ resources }: Deployment): string[] => [
  ...ofType(resources, signed).flatMap(({ name, inputs }) => {
    const authority = says(inputs['caCertPem']).replace('certificate of ', '');
    const issuer = ofType(resources, selfSigned).find((each) => each.name === authority);
    return [
      ...expectation(
        `caPrivateKeyPem of ${name}`,
        says(inputs['caPrivateKeyPem']),
        issuer ? says(issuer.inputs['privateKeyPem']) : `the key of ${authority}`,
      ),
      ...expectation(
        `certRequestPem of ${name}`,
        says(inputs['certRequestPem']),
        `certificate request of ${name}`,
      ),
    ];
  }),
  ...ofType(resources, request).flatMap(({ name, inputs }) =>
    expectation(`the request's key of ${name}`, says(inputs['privateKeyPem']), `private key of ${name}`),
  ),
  ...ofType(resources, privateKey)
    .filter(({ name }) => !resources.some(({ type, inputs }) => type !== privateKey && uses(inputs, name)))
    .map(({ name }) => `nothing is made with the private key of ${name}`),
];

const uses = (inputs: RegisteredResource['inputs'], name: string) =>
  Object.values(inputs).some((value) => says(value) === `private key of ${name}`);

/**
 * Who signs for whom: servers by the server authority, which every edge trusts; each edge by an issuer of its
 * own.
 */
export const foreignIssuers = ({ resources }: Deployment): string[] =>
  ofType(resources, signed).flatMap(({ name, inputs }) => {
    const server = (inputs['allowedUses'] as string[]).includes('server_auth');
    const expected = server ? 'certificate of server-authority' : `certificate of ${name}-issuer`;
    return expectation(`the issuer of ${name}`, says(inputs['caCertPem']), expected);
  });

/**
 * Secrets of the type kubernetes.io/tls, and of remote write, in which certificate and key are swapped or not
 * a pair.
 */
export const brokenKeyPairs = ({ stack, resources }: Deployment): string[] =>
  ofKind(resources, 'Secret').flatMap(({ object }) => {
    const files = object.stringData ?? {};
    if (files['tls.crt'] === undefined) return [];
    const where = objectName(object);
    const ca = files['ca.crt'];
    // An edge's own identity is the centre's to make; its Secret holds it beside the centre's authority.
    const owner =
      ca === undefined ? says(files['tls.crt']).replace('certificate of ', '') : `edge-authority-${stack}`;
    return [
      ...expectation(`tls.crt of ${where}`, says(files['tls.crt']), `certificate of ${owner}`),
      ...expectation(`tls.key of ${where}`, says(files['tls.key']), `private key of ${owner}`),
      ...(ca === undefined
        ? []
        : expectation(`ca.crt of ${where}`, says(ca), 'certificate of server-authority')),
    ];
  });

interface Host {
  rules?: { host: string }[];
  tls?: { hosts: string[]; secretName: string }[];
}

/** Hosts whose certificate is another host's. */
export const foreignHosts = ({ resources }: Deployment): string[] =>
  ofKind<Host>(resources, 'Ingress').flatMap(({ object: { spec } }) =>
    (spec.tls ?? []).flatMap(({ hosts, secretName }) => {
      const secret = ofKind(resources, 'Secret').find(({ object }) => object.metadata.name === secretName);
      if (!secret) return [];
      const name = says(secret.object.stringData?.['tls.crt']).replace('certificate of ', '');
      const dnsNames = ofType(resources, request).find((each) => each.name === name)?.inputs['dnsNames'];
      return expectation(
        `the certificate of ${hosts.join()}`,
        JSON.stringify(dnsNames),
        JSON.stringify(hosts),
      );
    }),
  );

/** Issuers that the routers should trust and do not, or that they should not. */
export const foreignTrust = ({ resources }: Deployment): string[] =>
  ofKind(resources, 'ConfigMap').flatMap(({ object }) => {
    const bundle = object.data?.['ca.crt'];
    if (bundle === undefined) return [];
    const found = Array.from(bundle.matchAll(/^certificate of (.*)$/gm), ([, name]) => name);
    const issuers = ofType(resources, selfSigned)
      .map(({ name }) => name)
      .filter((name) => name.startsWith('edge-authority-'));
    return expectation(objectName(object), found.sort().join(), issuers.sort().join());
  });
