import { stringify } from 'yaml';

/** Where the container finds its files. */
export const files = {
  config: { path: '/etc/blackbox-exporter', key: 'config.yml', authority: 'authority.crt' },
  login: '/etc/blackbox-exporter-login',
};

const authorityFile = `${files.config.path}/${files.config.authority}`;

/** What a probe asks and what it takes for an answer, by its name in the exporter's configuration. */
export const modules = {
  newestSample: 'newest_sample',
  grafana: 'grafana',
  passwordRequired: 'password_required',
  receiveHandshake: 'receive_handshake',
  receiveRefusal: 'receive_without_certificate',
} as const;

export interface ModuleArgs {
  /** DNS name that edges write to, which Receive's certificate is for. */
  receiverHost: string;
  /** Keys of query-frontend's user and password, each a file in `files.login`. */
  login: { userKey: string; passwordKey: string };
  /** Whether the Ingress hosts' certificates are of this stack's authority. */
  ownWebCertificates: boolean;
}

/** Every address in a stack file is one of IPv4, and a name with both would be asked by IPv6. */
const ipv4 = { preferred_ip_protocol: 'ip4' };

const http = (settings: object) => ({
  prober: 'http',
  // A redirect leads to somebody else, whose answer says nothing about who was asked.
  http: { ...ipv4, follow_redirects: false, ...settings },
});

/**
 * The exporter's configuration. No module has a timeout: each has that of the scrape, less half a second.
 *
 * Of a certificate by somebody else's authority nobody here can say whether clients trust it, only until when
 * it is good and whether its host answers.
 */
export function configFile({ receiverHost, login, ownWebCertificates }: ModuleArgs): string {
  const own = { ca_file: authorityFile };
  const web = ownWebCertificates ? own : { insecure_skip_verify: true };
  const receive = { ...own, server_name: receiverHost };
  return stringify(
    {
      modules: {
        [modules.newestSample]: http({
          basic_auth: {
            username_file: `${files.login}/${login.userKey}`,
            password_file: `${files.login}/${login.passwordKey}`,
          },
          // An instant query that finds nothing is answered with 200 and an empty result.
          fail_if_body_not_matches_regexp: ['"status":"success".*"result":\\[\\{'],
        }),
        [modules.grafana]: http({ fail_if_not_ssl: true, valid_status_codes: [200], tls_config: web }),
        // No password leaves the cluster: that the host asks for one is all that is asked.
        [modules.passwordRequired]: http({
          fail_if_not_ssl: true,
          valid_status_codes: [401],
          tls_config: web,
        }),
        // With TLS 1.3 a client without a certificate learns only when it reads that it is refused, and this
        // one does not read: it ends with the server's certificate.
        [modules.receiveHandshake]: { prober: 'tcp', tcp: { ...ipv4, tls: true, tls_config: receive } },
        // Fails where Receive does as it should; its status says so, 0 for "no answer".
        [modules.receiveRefusal]: http({ tls_config: receive }),
      },
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}
