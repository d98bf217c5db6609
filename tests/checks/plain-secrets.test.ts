import { more, said, written } from '../support/written-stack';

const hook = 'hooks.slack.com/services/T012/B345/abcDEF0123456789abcDEF01';

const rest =
  'allowed: no secret in plain text. Remove it, and replace it where it is issued: it stands in the stack file.';
const pem = '"-----BEGIN RSA PRIVATE KEY-----\\nMIIEow\\n-----END RSA PRIVATE KEY-----"';

describe('a secret where none has a place', () => {
  it.each([
    [
      'a password in an annotation',
      'ingress: { annotations: { auth-url: "https://ops:hunter2@auth.example.org/" } }',
      'ingress.annotations.auth-url: found an address with a password, which is not shown',
    ],
    [
      'a key in an annotation',
      `receive: { loadBalancer: { annotations: { a: ${pem} } } }`,
      'receive.loadBalancer.annotations.a: found a private key that is not shown',
    ],
    [
      'a password in a reason',
      'acceptedRisks: { ruler.enabled: "see https://ops:hunter2@wiki.example.org" }',
      'acceptedRisks.ruler.enabled: found an address with a password, which is not shown',
    ],
    [
      'the address of a chat in an annotation',
      `receive: { loadBalancer: { annotations: { a: 'https://${hook}' } } }`,
      'receive.loadBalancer.annotations.a: found the address of a webhook, which is not shown',
    ],
  ])('is refused and not repeated: %s', (_, text, found) => {
    expect(said(more(text))).toEqual([`  monitoring:${found}; ${rest}`]);
  });

  it('is told once where the key is wrong anyway, and not shown there', () => {
    expect(said(more(`grafana: { storage: ${pem} }`))).toEqual([
      '  monitoring:grafana.storage: found a private key that is not shown; allowed: an amount of bytes such as 512Mi, 2Gi or 500MB, at least 64Mi, at most 64Ti. Change it in the stack file.',
    ]);
  });

  it.each([
    `alertmanager: { default: { receiver: 'https://${hook}' } }`,
    `alertmanager: { receivers: [{ name: 'https://${hook}' }] }`,
    `alertmanager: { receivers: [{ name: a, slack: [{ channel: '${hook}' }] }] }`,
    `other: { bearer: hunter2 }`,
    `other: { more: hunter2 }`,
  ])('is not repeated by a message about the key: %s', (text) => {
    const lines = said(more(text)).join('\n');
    expect(lines).toMatch(/not shown/);
    expect(lines).not.toMatch(/abcDEF|hunter/);
  });

  it('is no page that people link to', () => {
    const pages = ['https://ops.grafana.net/d/ab12cd34/x', 'see hooks.slack.com', 'https://slack.com/a/b'];
    expect(pages.flatMap((text) => said(more(`acceptedRisks: { ruler.enabled: "${text}" }`)))).toEqual([]);
  });

  it('is no certificate, no user without a password and no port', () => {
    const texts = [
      '"-----BEGIN CERTIFICATE-----"',
      '"ssh://git@example.org/a"',
      '"https://example.org:8443/@b"',
    ];
    expect(texts.flatMap((text) => said(more(`ingress: { annotations: { a: ${text} } }`)))).toEqual([]);
  });
});

describe('a secret of the object store', () => {
  it.each(['', ' x', 'x\n', '\n'])('is as the server has it, which %j is not', (value) => {
    const raw = written({});
    const values = { ...raw.values, 'monitoring:objectStorePassword': value };
    expect(said({ ...raw, values })).toEqual([
      '  monitoring:objectStorePassword: found [secret]; allowed: a value that is not empty and has no blank or line break at an end. Run: pulumi config set --secret --stack a objectStorePassword',
    ]);
    expect(said({ ...raw, values: { ...values, 'monitoring:objectStorePassword': 'a b' } })).toEqual([]);
  });
});
