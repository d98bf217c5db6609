import { parse } from 'yaml';
import { configFile, type ModuleArgs } from '../../../components/blackbox-exporter/modules';

const args: ModuleArgs = {
  receiverHost: 'thanos-receiver.example.org',
  login: { userKey: 'user', passwordKey: 'password' },
  ownWebCertificates: true,
};

const modules = (changes: Partial<ModuleArgs> = {}) =>
  (parse(configFile({ ...args, ...changes })) as { modules: unknown }).modules;

const http = { preferred_ip_protocol: 'ip4', follow_redirects: false };
const authority = { ca_file: '/etc/blackbox-exporter/authority.crt' };

describe("the blackbox exporter's configuration", () => {
  it('is these modules', () => {
    expect(modules()).toEqual({
      newest_sample: {
        prober: 'http',
        http: {
          ...http,
          basic_auth: {
            username_file: '/etc/blackbox-exporter-login/user',
            password_file: '/etc/blackbox-exporter-login/password',
          },
          fail_if_body_not_matches_regexp: ['"status":"success".*"result":\\[\\{'],
        },
      },
      grafana: {
        prober: 'http',
        http: { ...http, fail_if_not_ssl: true, valid_status_codes: [200], tls_config: authority },
      },
      password_required: {
        prober: 'http',
        http: { ...http, fail_if_not_ssl: true, valid_status_codes: [401], tls_config: authority },
      },
      receive_handshake: {
        prober: 'tcp',
        tcp: {
          preferred_ip_protocol: 'ip4',
          tls: true,
          tls_config: { ...authority, server_name: 'thanos-receiver.example.org' },
        },
      },
      receive_without_certificate: {
        prober: 'http',
        http: { ...http, tls_config: { ...authority, server_name: 'thanos-receiver.example.org' } },
      },
    });
  });

  it("does not judge a certificate of somebody else's authority, but Receive's always", () => {
    expect(modules({ ownWebCertificates: false })).toMatchObject({
      grafana: { http: { tls_config: { insecure_skip_verify: true } } },
      password_required: { http: { tls_config: { insecure_skip_verify: true } } },
      receive_handshake: { tcp: { tls_config: authority } },
    });
  });
});

describe("the answer to a query for an edge's newest sample", () => {
  const { newest_sample } = modules() as {
    newest_sample: { http: { fail_if_body_not_matches_regexp: [string] } };
  };
  const [pattern] = newest_sample.http.fail_if_body_not_matches_regexp;

  it.each([
    [true, '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"20"]}]}}'],
    [false, '{"status":"success","data":{"resultType":"vector","result":[]}}'],
    [false, '{"status":"error","errorType":"bad_data","error":"\\"result\\":[{"}'],
    [false, '<html>login</html>'],
  ])('is good: %s, of %s', (good, body) => {
    expect(new RegExp(pattern).test(body)).toBe(good);
  });
});
