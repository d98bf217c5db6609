import { variable, type DashboardSpec } from '../dashboard';
import { job } from '../queries';
import { ingest } from './thanos-ingest';
import { query } from './thanos-query';
import { rules } from './thanos-rules';
import { storage } from './thanos-storage';

/** For who looks after the centre: each part of Thanos, in the order of a sample's way. */
export const thanos: DashboardSpec = {
  name: 'thanos',
  title: 'Thanos',
  description:
    'Ingest, queries, storage and rules of the central cluster. The edge is a choice for what comes in.',
  variables: [
    variable('cluster', 'Edge', `label_values(thanos_receive_head_series_limit{${job.router}}, tenant)`),
  ],
  rows: [ingest, query, storage, rules],
};
