import { type CheckFailure } from '../resource-kind';

const hourMs = 3_600_000;

export interface ValidityInputs {
  readonly validityPeriodHours: number;
  /** The certificate is due this long before its end; 0 means not before it has expired. */
  readonly earlyRenewalHours: number;
}

export interface Validity {
  readonly validityStartTime: string;
  readonly validityEndTime: string;
  readonly readyForRenewal: boolean;
}

/** RFC 3339 with the nine decimals of the real provider, of which JavaScript knows three. */
function rfc3339(time: number): string {
  return new Date(time).toISOString().replace('Z', '000000Z');
}

export function isDue(validityEndTime: string, earlyRenewalHours: number, now: number): boolean {
  return now >= Date.parse(validityEndTime) - earlyRenewalHours * hourMs;
}

export function validityFrom(
  now: number,
  { validityPeriodHours, earlyRenewalHours }: ValidityInputs,
): Validity {
  const validityEndTime = rfc3339(now + validityPeriodHours * hourMs);
  return {
    validityStartTime: rfc3339(now),
    validityEndTime,
    readyForRenewal: isDue(validityEndTime, earlyRenewalHours, now),
  };
}

/** Renewal needs no refresh: the times in the state and the clock are enough. */
export function dueForRenewal(state: Validity, inputs: ValidityInputs, now = Date.now()): string[] {
  const due = state.readyForRenewal || isDue(state.validityEndTime, inputs.earlyRenewalHours, now);
  return due ? ['readyForRenewal'] : [];
}

export function withRenewalMark<State extends Validity & ValidityInputs>(
  state: State,
  now = Date.now(),
): State {
  return {
    ...state,
    readyForRenewal: state.readyForRenewal || isDue(state.validityEndTime, state.earlyRenewalHours, now),
  };
}

export function checkValidity(known: Partial<ValidityInputs>): CheckFailure[] {
  const atLeastZero = [
    { property: 'validityPeriodHours', attribute: 'validity_period_hours', value: known.validityPeriodHours },
    { property: 'earlyRenewalHours', attribute: 'early_renewal_hours', value: known.earlyRenewalHours },
  ];
  return atLeastZero.flatMap(({ property, attribute, value }) =>
    value !== undefined && value < 0
      ? { property, text: `Attribute ${attribute} value must be at least 0, got: ${String(value)}` }
      : [],
  );
}
