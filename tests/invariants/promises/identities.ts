import * as certificates from '../certificates';
import * as credentials from '../credentials';
import { apps, core, pod, release, type Invariant } from './invariant';

const pem = (kind: string, text: string) => `-----BEGIN ${kind}-----\n${text}\n-----END ${kind}-----\n`;
const signed = 'tls:index/locallySignedCert:LocallySignedCert';

/** Who proves what to whom, and with which key. */
export const identified: Invariant[] = [
  {
    promise: "every certificate is signed with its authority's own key",
    problems: certificates.brokenSignatures,
    fault: [
      signed,
      'grafana',
      'inputs caPrivateKeyPem',
      pem('EC PRIVATE KEY', 'private key of edge-authority'),
    ],
    said: 'caPrivateKeyPem of grafana is private key of edge-authority, not private key of server-authority',
  },
  {
    promise: 'every request is made with the key of its owner',
    problems: certificates.brokenSignatures,
    fault: [
      'tls:index/certRequest:CertRequest',
      'grafana',
      'inputs privateKeyPem',
      pem('EC PRIVATE KEY', 'private key of thanos-query'),
    ],
    said: "the request's key of grafana is private key of thanos-query, not private key of grafana",
  },
  {
    promise: 'servers and edges are certified by authorities of their own',
    problems: certificates.foreignIssuers,
    fault: [
      signed,
      'grafana',
      'inputs caCertPem',
      pem('CERTIFICATE', 'certificate of edge-authority-x-issuer'),
    ],
    said: 'the issuer of grafana is certificate of edge-authority-x-issuer, not certificate of server-authority',
  },
  {
    promise: 'tls.crt is a certificate and tls.key is its key',
    problems: certificates.brokenKeyPairs,
    fault: [
      `${core}:Secret`,
      'thanos-receiver-tls',
      'inputs stringData tls.key',
      pem('CERTIFICATE', 'certificate of thanos-receiver'),
    ],
    said:
      'tls.key of Secret monitoring/thanos-receiver-tls is certificate of thanos-receiver, ' +
      'not private key of thanos-receiver',
  },
  {
    promise: 'every Ingress has the certificate of its host',
    problems: certificates.foreignHosts,
    fault: [
      'kubernetes:networking.k8s.io/v1:Ingress',
      'thanos-query',
      'inputs spec tls 0 secretName',
      'grafana-tls',
    ],
    said: 'the certificate of thanos-query.',
  },
  {
    promise: 'the routers trust the issuer of every edge and nobody else',
    problems: certificates.foreignTrust,
    fault: [
      `${core}:ConfigMap`,
      'thanos-receiver-client-ca',
      'inputs data ca.crt',
      pem('CERTIFICATE', 'certificate of server-authority'),
    ],
    said: 'ConfigMap monitoring/thanos-receiver-client-ca is server-authority, not edge-authority-',
  },
  {
    promise: "every objstore.yml holds its user's own key",
    problems: credentials.foreignBucketKeys,
    fault: ['minio:index/iamUser:IamUser', 'cluster-01-thanos-store', 'inputs secret', 'the key of another'],
    said: 'Secret monitoring/thanos-s3-config-store does not hold the key of cluster-01-thanos-store',
  },
  {
    promise: 'every workload reaches the bucket as its own user',
    problems: credentials.foreignBucketKeys,
    fault: [
      `${apps}:StatefulSet`,
      'thanos-store',
      `${pod} volumes 0 secret secretName`,
      'thanos-s3-config-compactor',
    ],
    said: 'thanos-store has the key of cluster-01-thanos-compactor, not of store',
  },
  {
    promise: 'the sidecar reaches the bucket as its own user',
    problems: credentials.foreignBucketKeys,
    fault: [
      release,
      'kube-prometheus-stack',
      'inputs values prometheus prometheusSpec volumes 0 secret secretName',
      'thanos-s3-config-compactor',
    ],
    said: 'kube-prometheus-stack has the key of cluster-01-thanos-compactor, not of sidecar',
  },
  {
    promise: 'every pod restarts when the file that it reads once has changed',
    problems: credentials.foreignChecksums,
    fault: [
      `${apps}:StatefulSet`,
      'thanos-store',
      'inputs spec template metadata annotations checksum/objstore',
      'of another',
    ],
    said: 'StatefulSet monitoring/thanos-store: checksum/objstore is not of what it mounts',
  },
  {
    promise: 'every password that is handed out is the one that is asked for',
    problems: credentials.foreignOutputs,
    fault: [
      `${core}:Secret`,
      'thanos-query-frontend-credentials',
      'inputs stringData password',
      'of another',
    ],
    said: 'password of Secret thanos-query-frontend-credentials is of another, not result of thanos-query-frontend',
  },
];
