import { receiver, roles } from '../components/thanos/roles';

/** Where people and edges reach the central stack. */
export const hostnames = (domain: string) => ({
  grafana: `grafana.${domain}`,
  query: `${roles.query.name}.${domain}`,
  receiver: `${receiver}.${domain}`,
});

export type Hostnames = ReturnType<typeof hostnames>;
