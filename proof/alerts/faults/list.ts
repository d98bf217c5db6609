import type { AlertFault } from '../fault';
import { alertmanagerRestarted, certificateWithinWindow } from './certificate';
import { agentsStopped, podCrashing } from './edge';
import { ingestorsGone, ingestorsHang, routersStopped } from './receive';
import { bucketAway, compactorHalted, rulerWithoutAlertmanager } from './thanos';
import { volumeNearlyFull } from './volume';

/** Every fault, in the order in which they are made. */
export const faults: readonly AlertFault[] = [
  agentsStopped,
  routersStopped,
  ingestorsHang,
  ingestorsGone,
  bucketAway,
  compactorHalted,
  rulerWithoutAlertmanager,
  certificateWithinWindow,
  alertmanagerRestarted,
  volumeNearlyFull,
  podCrashing,
];
