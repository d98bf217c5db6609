import { z } from 'zod';
import { port, resources } from './scalars';

/**
 * What looks at the centre from outside its parts. On by default: it takes one small pod, and it alone sees
 * what no part tells of itself, such as a sample that Receive has taken and nobody can read.
 */
export const blackboxExporterSchema = () =>
  z
    .strictObject({
      enabled: z
        .boolean()
        .default(true)
        .describe(
          'false: nobody asks, as people and edges do, for readable samples, the public names and Receive’s handshake',
        ),
      publicNames: z
        .boolean()
        .default(true)
        .describe(
          'the hosts grafana.…, thanos-query.… and thanos-receiver.… too; false where pods cannot reach them by these names',
        ),
      egress: z
        .array(port())
        .default([])
        .describe(
          'ports of the Ingress controller’s pods, where not 443: a network policy sees those behind its Service',
        ),
      // Measured with as many edges as there may be: 34 MB, and 87 MB when none of the probes is answered
      // (docs/capacity.md).
      resources: resources(['20m', '200m'], ['32Mi', '128Mi']),
    })
    .prefault({});
